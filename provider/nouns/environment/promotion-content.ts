import type { AllBranches, FileChange } from "section-client";
import { emptySectionConfig, parseSectionConfig, type SectionConfig, sectionConfigPath } from "section-model";
import { isSame } from "../../run/properties";

export async function configOf(branches: AllBranches, commit: string): Promise<SectionConfig> {
    return parseSectionConfig((await branches.read(commit, sectionConfigPath)) ?? emptySectionConfig);
}

/**
 * The files that a promotion would change between two commits. Environments' blocks of section.config.json do not
 * count, because they stay.
 */
export async function changedContent(branches: AllBranches, from: string, to: string): Promise<FileChange[]> {
    const changes = await branches.filesBetween(from, to);
    if (!changes.some(({ path }) => path === sectionConfigPath)) return changes;
    const [before, after] = await Promise.all([configOf(branches, from), configOf(branches, to)]);
    const isKept = isSame({ ...before, environments: {} }, { ...after, environments: {} });
    return isKept ? changes.filter(({ path }) => path !== sectionConfigPath) : changes;
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
