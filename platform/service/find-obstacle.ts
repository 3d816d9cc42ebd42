import { setTimeout as sleep } from "node:timers/promises";
import { findDiskObstacle } from "../git/upkeep/disk-obstacle";
import { isDatabaseReachable } from "../store/store";
import type { Context } from "./context";

const usualPatienceMs = 3_000;

/** Why the platform can do nothing but live; undefined when it can work. */
export async function findObstacle(
    { store, repositories }: Context,
    patienceMs = usualPatienceMs,
): Promise<string | undefined> {
    const isReachable = await Promise.race([
        isDatabaseReachable(store.database),
        sleep(patienceMs, false, { ref: false }),
    ]);
    return isReachable ? findDiskObstacle(repositories.options.root) : "the database does not answer";
}
