import { makeAmountProblem } from "../fair-use";
import type { Database } from "../store/database";
import { setRepositorySize, sumKeptBytes } from "../store/repository-sizes";
import type { Context } from "./context";

/** Measures a repository. Housekeeping does so after it has tidied one, so that no push has to wait for it. */
export async function noteRepositorySize({ repositories, store }: Context, applicationId: number): Promise<void> {
    await setRepositorySize(store.database, applicationId, await repositories.measure(applicationId));
}

/**
 * Refuses further content of an account that keeps as much as it may. Repositories count as they were when they were
 * last measured, so what comes in within a minute may go beyond.
 *
 * @param more bytes that are to be kept in addition
 * @throws Problem `limit-reached`
 */
export async function requireSpace(
    { options: { organizationBytes }, store }: Context,
    accountId: number,
    { database = store.database, more = 0 }: { database?: Database; more?: number } = {},
): Promise<void> {
    if (organizationBytes === 0) return;
    const kept = await sumKeptBytes(database, accountId);
    if (kept + more >= organizationBytes) throw makeAmountProblem("organizationBytes", organizationBytes);
}
