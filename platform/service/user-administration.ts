import { Problem } from "section-model";
import { listAccountsOwnedBy } from "../store/accounts";
import type { UserRow } from "../store/database";
import { isReferred } from "../store/database-failure";
import { listMembershipsOf } from "../store/memberships";
import { deleteTokensOf } from "../store/tokens";
import { deleteUser, listPeople, type Person, updateUserRow } from "../store/users";
import { noteChange } from "./changes";
import type { Context } from "./context";
import { memberAsThing } from "./memberships";
import { queueNotice } from "./notices";
import { requireUser, verifyByOperator } from "./users";

/** Every user of the platform: for its operator. */
export async function listUsers({ store }: Context): Promise<Person[]> {
    return listPeople(store.database);
}

/** Takes the operator's word for it that an address, and the password that came with it, are a user's own. */
export async function verifyUserByHand(context: Context, email: string): Promise<UserRow> {
    const user = await requireUser(context, email);
    const verified = await context.store.transact((transaction) => verifyByOperator(transaction, user.id, undefined));
    context.callers?.clear();
    return verified ?? user;
}

/**
 * For somebody who lost their authenticator app: until they set one up again, nothing asks this user for a code but
 * their accounts.
 */
export async function resetTwoFactor(context: Context, email: string): Promise<UserRow> {
    const user = await requireUser(context, email);
    await context.store.transact(async (transaction) => {
        await updateUserRow(transaction, user.id, {
            requires_2fa: false,
            totp_secret: null,
            totp_pending: null,
            totp_last_step: null,
        });
        if (user.requires_2fa || user.totp_secret !== null)
            await queueNotice(context, transaction, user.email, { kind: "two-factor-reset" });
    });
    return user;
}

/** Removes a user with their tokens and memberships. Refuses an owner of accounts: an account has an owner. */
export async function removeUser(context: Context, email: string): Promise<UserRow> {
    const user = await requireUser(context, email);
    const owned = async (cause?: unknown) => {
        const accounts = await listAccountsOwnedBy(context.store.database, user.id);
        if (accounts.length === 0) return;
        const names = accounts.slice(0, 10).map(({ id, name }) => `${id} (${name})`);
        throw new Problem(
            "owner-protected",
            `${user.email} owns the accounts ${names.join(", ")} and cannot be removed`,
            { cause },
        );
    };
    await owned();
    const remove = context.store.transact(async (transaction) => {
        for (const member of await listMembershipsOf(transaction, user.id))
            await noteChange(transaction, { accountId: member.account_id, command: "user remove" }, "member.remove", {
                thing: memberAsThing(member),
                from: member.capability,
            });
        await deleteTokensOf(transaction, user.id);
        await deleteUser(transaction, user.id);
    });
    await remove.catch(async (error) => {
        if (isReferred(error)) await owned(error);
        throw error;
    });
    context.callers?.clear();
    return user;
}
