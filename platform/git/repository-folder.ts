import { readdir, rm } from "node:fs/promises";
import path from "node:path";
import { Problem } from "section-model";
import { healRepository, olderThan } from "./upkeep/heal-repository";

const healedAtOnce = 16;

/**
 * The folder of an application's repository. They are spread over 256 folders, as folders of ten thousand entries are
 * slow.
 */
export function repositoryFolder(root: string, applicationId: number): string {
    // a restored row may have anything
    if (!Number.isSafeInteger(applicationId))
        throw new Problem("internal", `${JSON.stringify(applicationId)} is no id of an application`);
    return path.join(root, (applicationId % 256).toString(16).padStart(2, "0"), `${applicationId}.git`);
}

async function listFolders(root: string): Promise<string[]> {
    const shards = await readdir(root).catch(() => []);
    const lists = await Promise.all(
        shards.map(async (shard) =>
            (await readdir(path.join(root, shard)).catch(() => [])).map((name) => path.join(root, shard, name)),
        ),
    );
    return lists.flat();
}

/** The application ids that have a repository on the disk. */
export async function listRepositories(root: string): Promise<number[]> {
    return (await listFolders(root)).flatMap((folder) => {
        const match = path.basename(folder).match(/^(\d+)\.git$/);
        return match ? [Number(match[1])] : [];
    });
}

/** Removes leftovers of a crash in every repository. Returns their number. */
export async function healRepositories(root: string, debrisAgeMs: number): Promise<number> {
    let removed = 0;
    const queue = await listFolders(root);
    const work = async () => {
        for (let folder = queue.pop(); folder !== undefined; folder = queue.pop()) {
            if (!/\.(new|old)$/.test(folder)) {
                const healed = await healRepository(folder, debrisAgeMs);
                removed += healed;
            } else if (await olderThan(folder, debrisAgeMs)) {
                await rm(folder, { recursive: true, force: true });
                removed += 1;
            }
        }
    };
    await Promise.all(Array.from({ length: healedAtOnce }, work));
    return removed;
}
