import { z } from "zod";
import { formatSize } from "./file-size";
import { deepestJson } from "./json-depth";
import { laidOutLength } from "./json-length";
import { measureJson } from "./json-measure";
import { type Origin, originKeys } from "./origin";
import { Problem } from "./problem";
import type { Proxy } from "./proxy-chain";

/** The file at the root of every branch that sets its proxies and the origin of each environment. */
export const sectionConfigPath = "section.config.json";

/** The most that it may have. Large real ones have a tenth of it; alternate origins are those of one environment. */
export const sectionConfigLimits = { bytes: 1024 * 1024, values: 50_000, alternateOrigins: 1_000 } as const;

/** The configuration of a branch without that file. */
export const emptySectionConfig = '{"proxychain":[],"environments":{}}';

/** An origin as the file has it. Unknown keys are kept. */
export type FileOrigin = Record<string, unknown> & { address?: unknown };

/** The block of one environment; unknown keys are kept. */
export interface EnvironmentBlock extends Record<string, unknown> {
    origin?: FileOrigin;
    alternate_origins?: Record<string, FileOrigin>;
    ip_blacklist?: string[];
}

/** section.config.json as parsed: known keys typed, unknown ones untouched. */
export interface SectionConfig extends Record<string, unknown> {
    proxychain: (Proxy & Record<string, unknown>)[];
    environments: Record<string, EnvironmentBlock>;
}

const origin = z.object({ address: z.string() });

/** Looks at what is known here; its result is not used, as it lacks what is not. */
const sectionConfigSchema = z.object({
    proxychain: z.array(z.object({ name: z.string(), image: z.string() })),
    environments: z.record(
        z.string(),
        z.object({
            origin: origin.optional(),
            alternate_origins: z.record(z.string(), origin).optional(),
            ip_blacklist: z.array(z.string()).optional(),
        }),
    ),
});

const indent = 4;

/** The reason to refuse a section.config.json of so many bytes. */
export function refuseConfigSize(bytes: number): string | undefined {
    if (bytes <= sectionConfigLimits.bytes) return undefined;
    return `${sectionConfigPath} has ${bytes} bytes; it may have ${formatSize(sectionConfigLimits.bytes)}`;
}

/** Throws `push-refused` for a section.config.json that is too large to be parsed. */
export function requireConfigSize(bytes: number): void {
    const tooLarge = refuseConfigSize(bytes);
    if (tooLarge !== undefined) throw new Problem("push-refused", tooLarge, { remedy: "Push a smaller one" });
}

function tooMuch(place: string, count: number, what: string, most: number): Problem {
    return new Problem("push-refused", `${place} has ${count} ${what}; it may have ${most}`, {
        remedy: "Push a smaller one",
    });
}

/** Refuses origins that are too many to look at one by one. Nothing is known yet of the form of the document. */
function refuseAlternates(document: unknown): void {
    const { environments } = Object(document) as { environments?: unknown };
    const most = sectionConfigLimits.alternateOrigins;
    for (const [name, block] of Object.entries(Object(environments))) {
        const count = Object.keys(Object(Object(block).alternate_origins)).length;
        if (count > most) throw tooMuch(`environments.${name}`, count, "alternate origins", most);
    }
}

/**
 * Parses section.config.json, and keeps unknown keys and the order of keys. Throws `push-refused` with the exact words
 * that clients know.
 */
export function parseSectionConfig(text: string): SectionConfig {
    let document: unknown;
    requireConfigSize(Buffer.byteLength(text));
    const { values, depth } = measureJson(text);
    if (values > sectionConfigLimits.values)
        throw tooMuch(sectionConfigPath, values, "values", sectionConfigLimits.values);
    try {
        document = JSON.parse(text);
    } catch (cause) {
        throw new Problem(
            "push-refused",
            "Error: File section.config.json cannot be parsed as JSON. Check its syntax",
            {
                remedy: (cause as Error).message,
                cause,
            },
        );
    }
    if (depth > deepestJson)
        throw new Problem("push-refused", `section.config.json is nested deeper than ${deepestJson} levels`);
    refuseAlternates(document);
    const result = sectionConfigSchema.safeParse(document);
    if (!result.success) {
        const issue = result.error.issues[0];
        throw new Problem(
            "push-refused",
            `section.config.json: ${issue?.path.join(".") || "document"}: ${issue?.message}`,
        );
    }
    return document as SectionConfig;
}

/**
 * The block of an environment, or an empty one when the file has none. The environment's name may be a property of
 * every object, such as `constructor`.
 */
export function blockOf({ environments }: SectionConfig, environment: string): EnvironmentBlock {
    return (Object.hasOwn(environments, environment) ? environments[environment] : undefined) ?? {};
}

/**
 * Writes section.config.json as the platform does: four blanks, no newline at the end. Throws `push-refused` where it
 * would be too large.
 */
export function formatSectionConfig(config: SectionConfig): string {
    const tooLarge = refuseConfigSize(laidOutLength(config, JSON.stringify(config), indent));
    if (tooLarge !== undefined)
        throw new Problem("push-refused", `with this change, ${tooLarge}`, { remedy: "Keep less in it" });
    return JSON.stringify(config, undefined, indent);
}

/** The known part of an origin in the file, in the model's names. */
export function originFromFile(file: FileOrigin): Origin {
    const known = Object.entries(originKeys).flatMap(([key, name]) =>
        file[name] === undefined ? [] : [[key, file[name]]],
    );
    return Object.fromEntries(known) as Origin;
}

/** Applies an origin to the one in the file: sets or removes known keys, and keeps unknown keys and the order. */
export function originToFile(origin: Origin, previous: FileOrigin = {}): FileOrigin {
    const file: FileOrigin = { ...previous };
    for (const [key, name] of Object.entries(originKeys)) {
        const value = origin[key as keyof Origin];
        if (value === undefined) delete file[name];
        else file[name] = value;
    }
    return file;
}
