import type { Member } from "../auth/caller";
import { type ApplicationView, getApplication, insertSite, requireApplication, requireRoom } from "./applications";
import type { Context } from "./context";
import { requireSite, takenAsProblem } from "./hostnames";
import { decideWithEffect } from "./outbox";

export interface CloneRequest {
    hostname: string;
    /** Missing or empty: the origin of the application that is cloned. */
    origin?: string;
}

/**
 * Makes a new application with the configuration of an existing one's Production, as the first commit of a repository
 * of its own: the history, which may be another client's, is not taken along.
 */
export async function cloneApplication(
    context: Context,
    member: Member,
    applicationId: number,
    request: CloneRequest,
): Promise<ApplicationView> {
    const { accountId } = member;
    const hostname = requireSite(context, request.hostname, "hostname");
    await getApplication(context, member, applicationId);
    const clone = await decideWithEffect(context, "clone-application", async (transaction) => {
        await requireRoom(context, transaction, accountId);
        const source = await requireApplication(transaction, member, applicationId);
        return {
            ...(await insertSite(context, transaction, member, hostname)),
            fromApplicationId: applicationId,
            fromHostname: source.name.replace(/\/.*$/, ""),
            hostname,
            origin: request.origin || undefined,
            date: context.now().toISOString(),
        };
    }).catch((error) => Promise.reject(takenAsProblem(error, request.hostname)));
    return { id: clone.applicationId, account_id: accountId, name: hostname, path_prefix: "/", claim: null };
}
