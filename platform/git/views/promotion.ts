import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import {
    emptySectionConfig,
    formatSectionConfig,
    isProblem,
    parseSectionConfig,
    sectionConfigPath,
} from "section-model";
import { Branch } from "../branch";
import { ObjectStore } from "../objects/object-store";
import { editTree } from "../objects/tree-edit";
import type { Head, Repositories, RepositoryKey } from "../repositories";
import { type Difference, readDifference } from "./difference";

/**
 * section.config.json of a branch after a promotion, as the provider writes it: all of the promoted one, but the blocks
 * of all environments as the branch has them. Undefined where that is the promoted file as it is.
 */
export function promoteConfig(promoted: string, ofBranch: string, branch: string): string | undefined {
    const config = parseSectionConfig(promoted);
    const { environments } = parseSectionConfig(ofBranch);
    const blocks = Object.hasOwn(environments, branch) ? environments : { ...environments, [branch]: {} };
    const combined = { ...config, environments: blocks };
    return JSON.stringify(combined) === JSON.stringify(config) ? undefined : formatSectionConfig(combined);
}

/** The same of two commits; a file that cannot be read is compared as it is. */
async function promoteReadable(objects: ObjectStore, heads: [Head, Head], branch: string): Promise<string | undefined> {
    try {
        const [promoted = emptySectionConfig, ofBranch = emptySectionConfig] = await Promise.all(
            heads.map(async (head) => (await new Branch(objects, head).read(sectionConfigPath))?.toString("utf8")),
        );
        return promoteConfig(promoted, ofBranch, branch);
    } catch (error) {
        if (isProblem(error) && error.code === "push-refused") return undefined;
        throw error;
    }
}

/** The changes that promoting a commit would make in a branch. Nothing is added to the repository. */
export async function readPromotion(
    repositories: Repositories,
    key: RepositoryKey,
    promoted: Head,
    branch: { name: string; head: Head },
): Promise<Difference> {
    const before = branch.head.tree;
    const config = await promoteReadable(repositories.objects(key), [promoted, branch.head], branch.name);
    if (config === undefined) return readDifference(repositories, key, { before, after: promoted.tree });
    const gitDir = repositories.folder(key);
    const folder = await mkdtemp(path.join(tmpdir(), "section-promotion-"));
    try {
        const objects = new ObjectStore(gitDir, [folder, path.join(gitDir, "objects")]);
        const after = await editTree(objects, promoted.tree, new Map([[sectionConfigPath, Buffer.from(config)]]));
        return await readDifference(repositories, key, { before, after, environment: objects.environment });
    } finally {
        await rm(folder, { recursive: true, force: true });
    }
}
