// "Account" is v1's word for an organization. People and programs read "organization"; all of platform/ says "account".
import { Problem } from "section-model";
import { findAccount, listAllAccounts, lockAccount, updateAccount } from "../store/accounts";
import type { AccountRow } from "../store/database";
import { acceptInvitations } from "../store/invitations";
import { findCapability, insertMembership, updateMembership } from "../store/memberships";
import { findUser } from "../store/users";
import { noteChange } from "./changes";
import type { Context } from "./context";
import { memberAsThing } from "./memberships";
import { requireUser } from "./users";

export type AdministeredAccount = Awaited<ReturnType<typeof listAllAccounts>>[number];

/** Every account of the platform: for its operator. */
export async function listEveryAccount({ store }: Context): Promise<AdministeredAccount[]> {
    return listAllAccounts(store.database);
}

async function requireAccount({ store }: Context, accountId: number): Promise<AccountRow> {
    const account = await findAccount(store.database, accountId);
    if (account === undefined)
        throw new Problem("not-found", `there is no account ${accountId}`, {
            remedy: "See `section-platform account list`",
        });
    return account;
}

const wordOf = (isOn: boolean) => (isOn ? "on" : "off");

/** Whether members of an account may sign in to it with a password alone. */
export async function setTwoFactorRule(context: Context, accountId: number, isRequired: boolean): Promise<AccountRow> {
    const account = await requireAccount(context, accountId);
    await context.store.transact(async (transaction) => {
        await updateAccount(transaction, accountId, { requires_2fa: isRequired });
        await noteChange(transaction, { accountId, command: "account require-2fa" }, "organization.two-factor", {
            from: wordOf(account.requires_2fa),
            to: wordOf(isRequired),
        });
    });
    return account;
}

/** Sets the number of applications that an account may have; null for the number in the platform's setting. */
export async function setApplicationLimit(
    context: Context,
    accountId: number,
    limit: number | null,
): Promise<AccountRow> {
    const account = await requireAccount(context, accountId);
    await context.store.transact(async (transaction) => {
        await updateAccount(transaction, accountId, { application_limit: limit });
        await noteChange(transaction, { accountId, command: "account limit" }, "organization.limit", {
            from: String(account.application_limit ?? "default"),
            to: String(limit ?? "default"),
        });
    });
    return account;
}

/** Gives an account another owner, who becomes an admin if they are not. The former owner stays an admin. */
export async function transferAccount(context: Context, accountId: number, email: string): Promise<AccountRow> {
    const account = await requireAccount(context, accountId);
    const user = await requireUser(context, email);
    if (!user.verified)
        throw new Problem("unverified", `${user.email} is not verified and cannot own account ${accountId}`, {
            remedy: "Verify the user first",
        });
    await context.store.transact(async (transaction) => {
        const before = await lockAccount(transaction, accountId);
        const former = before && (await findUser(transaction, before.owner_id));
        const author = { accountId, command: "account transfer" };
        const role = await findCapability(transaction, accountId, user.id);
        if (role === undefined) await insertMembership(transaction, accountId, user.id, "admin");
        else await updateMembership(transaction, accountId, user.id, "admin");
        await acceptInvitations(transaction, user.id, [accountId]); // everybody in an account knows its owner
        if (role !== "admin")
            await noteChange(transaction, author, role === undefined ? "member.add" : "member.role", {
                thing: memberAsThing(user),
                from: role,
                to: "admin",
            });
        await updateAccount(transaction, accountId, { owner_id: user.id });
        await noteChange(transaction, author, "organization.owner", { from: former?.email, to: user.email });
    });
    return account;
}
