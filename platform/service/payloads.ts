import { randomUUID } from "node:crypto";
import type { Readable } from "node:stream";
import { Problem } from "section-model";
import type { Caller, Member } from "../auth/caller";
import type { Received } from "../payload/payload-files";
import { isReferred } from "../store/database-failure";
import { findAdministered } from "../store/memberships";
import { findPayloads, insertPayload, listEveryPayload } from "../store/payloads";
import { getApplication } from "./applications";
import type { Context } from "./context";
import { requireSpace } from "./kept-bytes";

const payloadId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * The account that uploads of a caller are counted for: an upload says last whose it is. Throws `not-found` or
 * `forbidden` for somebody who administers none.
 */
export async function requireUploader({ store }: Context, caller: Caller): Promise<number> {
    const { first, isMember } = await findAdministered(store.database, caller.userId);
    if (!caller.verified || !isMember) throw new Problem("not-found", "this user is a member of no account");
    if (first === undefined)
        throw new Problem("forbidden", "Admin privileges are required; this user has them in no account");
    return first;
}

/** An upload on the disk, checked; it has to be kept or discarded. */
export async function receivePayload({ payloads }: Context, body: Readable): Promise<Received> {
    return payloads.receive(body);
}

export async function discardPayload({ payloads }: Context, received: Received): Promise<void> {
    await payloads.discard(received);
}

/**
 * Gives an upload to an application and returns its id. The file is in its place before the row says so: a row never
 * lacks its file.
 */
export async function keepPayload(
    context: Context,
    member: Member,
    applicationId: number,
    received: Received,
): Promise<string> {
    await getApplication(context, member, applicationId);
    await requireSpace(context, member.accountId, received.bytes);
    const key = { accountId: member.accountId, id: randomUUID() };
    await context.payloads.keep(received, key);
    const row = {
        id: key.id,
        account_id: key.accountId,
        application_id: applicationId,
        uploaded_by: member.caller.userId,
    };
    await insertPayload(context.store.database, { ...row, bytes: received.bytes, sha256: received.sha256 }).catch(
        (error) => {
            throw isReferred(error)
                ? new Problem("not-found", `there is no application ${applicationId} in account ${key.accountId}`)
                : error;
        },
    );
    return key.id;
}

/** True when an account has an upload of that id. */
export async function payloadExists({ store }: Context, accountId: number, id: string): Promise<boolean> {
    return payloadId.test(id) && (await findPayloads(store.database, accountId, [id])).length > 0;
}

/**
 * Removes files of uploads that broke off and of applications that are gone, when older than `ageMs`: younger ones may
 * be arriving.
 */
export async function sweepPayloads({ payloads, store }: Context, ageMs: number): Promise<number> {
    return payloads.sweep(ageMs, (accountId, ids) => findPayloads(store.database, accountId, ids));
}

/** Uploads whose file is gone. */
export async function listLostPayloads({ payloads, store }: Context): Promise<string[]> {
    const lost: string[] = [];
    for (const { id, accountId } of await listEveryPayload(store.database))
        if (!(await payloads.has({ accountId, id }))) lost.push(id);
    return lost;
}
