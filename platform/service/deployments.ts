import { isProblem } from "section-model";
import type { Member } from "../auth/caller";
import type { AcceptedUpdate } from "../git/push/push";
import { insertDeployment, listDeploymentRows } from "../store/deployments";
import { findEnvironment } from "../store/environments";
import type { Context } from "./context";
import { requireEnvironment } from "./environments";
import { dropRemovedPage } from "./shown-page";

const shownDeployments = 50;

/** The newest deployments of an environment: each has its commit, time and user. */
export async function listDeployments({ store }: Context, member: Member, applicationId: number, name: string) {
    const environment = await requireEnvironment(store.database, member, applicationId, name);
    return listDeploymentRows(store.database, member.accountId, environment.id, shownDeployments);
}

/**
 * Notes the deployments of a push or an edit. The commit is in git already, so a failure here costs the note, not the
 * change.
 */
export async function recordDeployments(
    context: Context,
    { accountId, caller }: Member,
    applicationId: number,
    updates: readonly AcceptedUpdate[],
): Promise<void> {
    const { database } = context.store;
    try {
        for (const { branch, after } of updates) {
            if (after === undefined) continue;
            const environment = await findEnvironment(database, accountId, applicationId, branch);
            if (environment === undefined) continue;
            await insertDeployment(database, {
                account_id: accountId,
                environment_id: environment.id,
                commit: after,
                author_name: caller.name,
                author_email: caller.email,
            });
            await dropRemovedPage(context, environment);
        }
    } catch (error) {
        context.warn("a deployment could not be noted", {
            application: applicationId,
            reason: isProblem(error) ? error.message : String(error),
        });
    }
}
