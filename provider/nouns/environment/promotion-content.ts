import { type AllBranches, blobIdOf, type FileChange, type FileEdits } from "section-client";
import { emptySectionConfig, parseSectionConfig, type SectionConfig, sectionConfigPath } from "section-model";
import { isSame } from "../../run/properties";

export async function configOf(branches: AllBranches, commit: string): Promise<SectionConfig> {
    return parseSectionConfig((await branches.read(commit, sectionConfigPath)) ?? emptySectionConfig);
}

/** The part of section.config.json that a promotion brings along. */
export const withoutBlocks = (config: SectionConfig): SectionConfig => ({ ...config, environments: {} });

async function readProxies(branches: AllBranches, commit: string): Promise<SectionConfig> {
    return withoutBlocks(await configOf(branches, commit));
}

/**
 * The files that a promotion would change between two commits. Environments' blocks of section.config.json do not
 * count, because they stay.
 */
export async function changedContent(branches: AllBranches, from: string, to: string): Promise<FileChange[]> {
    const changes = await branches.filesBetween(from, to);
    if (!changes.some(({ path }) => path === sectionConfigPath)) return changes;
    const isKept = isSame(...(await Promise.all([readProxies(branches, from), readProxies(branches, to)])));
    return isKept ? changes.filter(({ path }) => path !== sectionConfigPath) : changes;
}

/** The same with edits over the commit `to`, which are declared beside it. */
export async function changedWith(
    branches: AllBranches,
    from: string,
    to: string,
    edits: FileEdits,
): Promise<FileChange[]> {
    const changed = await changedContent(branches, from, to);
    if (edits.size === 0) return changed;
    const changes = new Map(changed.map((change) => [change.path, change]));
    const { files } = await branches.checkOut(from);
    const proxies = await readProxies(branches, from);
    for (const [path, content] of edits) {
        const before = files.get(path);
        const after = content === null ? undefined : blobIdOf(content);
        const isKept =
            path === sectionConfigPath
                ? isSame(proxies, withoutBlocks(parseSectionConfig(String(content))))
                : before === after;
        const kind = before === undefined ? "added" : after === undefined ? "removed" : "changed";
        if (isKept) changes.delete(path);
        else changes.set(path, { path, kind });
    }
    return [...changes.values()].sort((one, other) => (one.path < other.path ? -1 : 1));
}

async function hasContentOf(branches: AllBranches, commit: string | undefined): Promise<boolean> {
    return (
        commit !== undefined &&
        (await branches.has(commit)) &&
        (await changedContent(branches, commit, branches.head.commit)).length === 0
    );
}

/**
 * The commit whose content a branch has: the promoted one, or the branch's head if somebody has changed the branch
 * since.
 */
export async function promotedNow(
    branches: AllBranches,
    promoted: string,
    knownHead: string | undefined,
): Promise<string> {
    const isPromoted = (await hasContentOf(branches, knownHead)) || (await hasContentOf(branches, promoted));
    return isPromoted ? promoted : branches.head.commit;
}
