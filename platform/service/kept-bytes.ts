import { makeAmountProblem } from "../fair-use";
import { measureAccount, setRepositorySize } from "../store/repository-sizes";
import type { Context } from "./context";

/** Measures a repository. Housekeeping does so after it has tidied one, so that no push has to wait for it. */
export async function noteRepositorySize({ repositories, store }: Context, applicationId: number): Promise<void> {
    await setRepositorySize(store.database, applicationId, await repositories.measure(applicationId));
}

/** Refuses content of an account that keeps `kept` bytes, if that is as much as it may. */
export function refuseFull({ options: { organizationBytes } }: Context, kept: number): void {
    if (organizationBytes !== 0 && kept >= organizationBytes)
        throw makeAmountProblem("organizationBytes", organizationBytes);
}

/**
 * Refuses further content of an account that keeps as much as it may. Repositories count as they were when they were
 * last measured, so what comes in within a minute may go beyond.
 *
 * @param more bytes that are to be kept in addition
 * @throws Problem `limit-reached`
 */
export async function requireSpace(context: Context, accountId: number, more = 0): Promise<void> {
    if (context.options.organizationBytes === 0) return;
    refuseFull(context, (await measureAccount(context.store.database, accountId)).keptBytes + more);
}
