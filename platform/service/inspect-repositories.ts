import { inspectRepository } from "../git/upkeep/inspect-repository";
import type { Checking, Finding } from "./consistency";
import type { Context } from "./context";

const inspectedAtOnce = 4;

/**
 * Reads every object of every repository. It takes as long as reading all of the disk, so it is done when asked for.
 */
export async function inspectRepositories(
    { repositories }: Context,
    { hurry, step }: Checking = {},
): Promise<Finding[]> {
    const ids = await repositories.listApplications();
    const [queue, findings] = [[...ids], [] as Finding[]];
    const work = async () => {
        for (let id = queue.pop(); id !== undefined && !hurry?.aborted; id = queue.pop()) {
            const gitDir = repositories.folder({ accountId: 0, applicationId: id });
            findings.push(...(await inspectRepository(repositories.git, gitDir)));
            step?.(ids.length - queue.length, ids.length);
        }
    };
    await Promise.all(Array.from({ length: inspectedAtOnce }, work));
    return findings;
}
