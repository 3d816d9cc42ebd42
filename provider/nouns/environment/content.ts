import type { Checkout } from "section-client";
import {
    type contentKeys,
    type EnvironmentInputs,
    emptySectionConfig,
    type FileContent,
    type FileDigest,
    originFromFile,
    parseSectionConfig,
    type SectionConfig,
    sectionConfigPath,
} from "section-model";
import { blobOf, digestOf, shownContent } from "./binary-files";

/** The part of an environment's branch that a declaration manages. Missing properties are not managed. */
export type ManagedContent = Pick<EnvironmentInputs, (typeof contentKeys)[number]> & {
    /** Under complete ownership: files that somebody else added. A declaration never has this property. */
    undeclared?: Record<string, FileDigest>;
};

/** The managed content in outputs: small values as they are, files by their blob id. */
export interface RememberedContent extends Omit<ManagedContent, "config" | "undeclared"> {
    files?: Record<string, string>;
    undeclared?: Record<string, string>;
}

function blobsOf(files: Readonly<Record<string, FileContent>> | undefined): Record<string, string> | undefined {
    return files && Object.fromEntries(Object.entries(files).map(([path, content]) => [path, blobOf(content)]));
}

export function rememberContent({ config, undeclared, ...others }: ManagedContent): RememberedContent {
    const { origin, origins, proxyChain, ipBlacklist, ownership, promote } = others;
    return {
        origin,
        origins,
        proxyChain,
        ipBlacklist,
        ownership,
        promote,
        files: blobsOf(config),
        undeclared: blobsOf(undeclared),
    };
}

export function managesAnything({ ownership: _, ...content }: RememberedContent): boolean {
    return Object.values(content).some((value) => value !== undefined);
}

/**
 * Files that complete ownership leaves alone: those that the platform itself uses, and the reference to uploaded
 * application code, which other tools deploy.
 */
export const isPlatformFile = (path: string) =>
    path === sectionConfigPath || path === ".gitignore" || /^[^/]+\/\.section-external-source\.json$/.test(path);

/** The files of a branch that are not declared. */
export function foreignFiles({ files }: Checkout, isDeclared: (path: string) => boolean): string[] {
    return [...files.keys()].filter((path) => !isDeclared(path) && !isPlatformFile(path));
}

/** section.config.json of a branch. */
export async function readSectionConfig(checkout: Checkout): Promise<SectionConfig> {
    return parseSectionConfig((await checkout.read(sectionConfigPath))?.toString("utf8") ?? emptySectionConfig);
}

/** The managed properties in section.config.json, limited to those that `remembered` names. */
async function observeProperties(
    checkout: Checkout,
    branch: string,
    { origin, origins, proxyChain, ipBlacklist, ownership, promote }: RememberedContent,
): Promise<Omit<RememberedContent, "files" | "undeclared">> {
    const { proxychain, environments } = await readSectionConfig(checkout);
    const block = environments[branch] ?? {};
    const alternates = Object.entries(block.alternate_origins ?? {});
    return {
        origin: origin && originFromFile(block.origin ?? {}),
        origins: origins && Object.fromEntries(alternates.map(([name, file]) => [name, originFromFile(file)])),
        proxyChain: proxyChain && proxychain.map(({ name, image }) => ({ name, image })),
        ipBlacklist: ipBlacklist && (block.ip_blacklist ?? []),
        ownership,
        promote,
    };
}

/** The paths that are managed, and those of others that complete ownership would remove. */
function pathsOf(checkout: Checkout, { files = {}, ownership }: RememberedContent): [string[], string[]] {
    const isManaged = (path: string) => Object.hasOwn(files, path);
    const foreign = ownership === "complete" ? foreignFiles(checkout, isManaged) : [];
    return [Object.keys(files).filter((path) => checkout.files.has(path)), foreign];
}

/** The content of the branch, limited to the kinds and files that `remembered` names. */
export async function observeContent(
    checkout: Checkout,
    branch: string,
    remembered: RememberedContent,
): Promise<ManagedContent> {
    const [managed, foreign] = pathsOf(checkout, remembered);
    // at once: an endpoint is asked for all of them in one request
    const readAll = async <T>(paths: readonly string[], show: (data: Buffer) => T) =>
        Object.fromEntries(
            await Promise.all(paths.map(async (path) => [path, show((await checkout.read(path)) as Buffer)] as const)),
        );
    const [properties, config, undeclared] = await Promise.all([
        observeProperties(checkout, branch, remembered),
        readAll(managed, shownContent),
        readAll(foreign, digestOf),
    ]);
    return {
        ...properties,
        config: remembered.files && config,
        undeclared: foreign.length === 0 ? undefined : undeclared,
    };
}

/** The same as outputs remember it, which needs no file but section.config.json. */
export async function observeRemembered(
    checkout: Checkout,
    branch: string,
    remembered: RememberedContent,
): Promise<RememberedContent> {
    const [managed, foreign] = pathsOf(checkout, remembered);
    const blobs = (paths: readonly string[]) =>
        Object.fromEntries(paths.map((path) => [path, checkout.files.get(path) as string]));
    return {
        ...(await observeProperties(checkout, branch, remembered)),
        files: remembered.files && blobs(managed),
        undeclared: foreign.length === 0 ? undefined : blobs(foreign),
    };
}
