import {
    formatSectionConfig,
    parseSectionConfig,
    requireConfigSize,
    type SectionConfig,
    sectionConfigPath,
} from "section-model";

/** section.config.json, to be changed. */
export interface OpenSectionConfig {
    config: SectionConfig;
    /** The file with what was changed, and everything else in it as it was; undefined when nothing was. */
    write(): Map<string, Buffer> | undefined;
}

export function openSectionConfig(text: Buffer | undefined): OpenSectionConfig {
    requireConfigSize(text?.length ?? 0);
    const config = parseSectionConfig(text?.toString("utf8") ?? "{}");
    const known = JSON.stringify(config);
    const write = () =>
        JSON.stringify(config) === known
            ? undefined
            : new Map([[sectionConfigPath, Buffer.from(formatSectionConfig(config), "utf8")]]);
    return { config, write };
}

/** Changes section.config.json and leaves everything else in it as it is. Returns undefined when nothing changes. */
export function rewriteSectionConfig(
    text: Buffer | undefined,
    change: (config: SectionConfig) => void,
): Map<string, Buffer> | undefined {
    const { config, write } = openSectionConfig(text);
    change(config);
    return write();
}
