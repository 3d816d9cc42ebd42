import type { Member } from "../auth/caller";
import { insertProxyOperation, listProxyOperationRows, type ProxyOperationRow } from "../store/proxy-operations";
import { type BranchPlace, openEnvironment } from "./branches";
import type { Context } from "./context";
import { requireEnvironment } from "./environments";
import { requireProxy } from "./proxies";

export interface ProxyOperation {
    /** `ban`, or another command that the proxy understands. */
    operation: string;
    /** As it was sent; a ban's expression. */
    parameter?: string;
    /** The caller does not wait for every proxy to have done it. */
    isAsync?: boolean;
}

/** Bans everything: the meaning of a ban without an expression. */
export const banEverything = "req.url ~ /";

/** Hands an operation to a proxy: it is in the proxy's log when this returns. */
export async function operateProxy(
    context: Context,
    member: Member,
    place: BranchPlace,
    proxy: string,
    request: ProxyOperation,
): Promise<void> {
    const { row, branch } = await openEnvironment(context, member, place);
    await requireProxy(branch, place, proxy);
    const { operation, parameter = null, isAsync = false } = request;
    const { name, email } = member.caller;
    const noted = {
        account_id: member.accountId,
        environment_id: row.id,
        proxy,
        operation,
        parameter,
        is_async: isAsync,
        caller_name: name,
        caller_email: email,
    };
    await insertProxyOperation(context.store.database, noted, context.options.proxyOperationLimit);
}

/** The operations that a proxy was handed, newest first; also of a proxy that has left the chain. */
export async function listProxyOperations(
    context: Context,
    member: Member,
    { applicationId, environment }: BranchPlace,
    proxy: string,
    page: { limit: number; before?: number },
): Promise<ProxyOperationRow[]> {
    const { id } = await requireEnvironment(context.store.database, member, applicationId, environment);
    return listProxyOperationRows(context.store.database, member.accountId, id, proxy, page);
}
