import {
    formatSectionConfig,
    parseSectionConfig,
    requireConfigSize,
    type SectionConfig,
    sectionConfigPath,
} from "section-model";

/** Changes section.config.json and leaves everything else in it as it is. Returns undefined when nothing changes. */
export function rewriteSectionConfig(
    text: Buffer | undefined,
    change: (config: SectionConfig) => void,
): Map<string, Buffer> | undefined {
    requireConfigSize(text?.length ?? 0);
    const before = text?.toString("utf8") ?? "{}";
    const config = parseSectionConfig(before);
    const known = JSON.stringify(config);
    change(config);
    if (JSON.stringify(config) === known) return undefined;
    return new Map([[sectionConfigPath, Buffer.from(formatSectionConfig(config), "utf8")]]);
}
