import { Problem } from "section-model";
import { findAccount, listAllAccounts, lockAccount, updateAccount } from "../store/accounts";
import type { AccountRow } from "../store/database";
import { insertMembership, updateMembership } from "../store/memberships";
import type { Context } from "./context";
import { requireUser } from "./users";

export type AdministeredAccount = Awaited<ReturnType<typeof listAllAccounts>>[number];

/** Every account of the platform: for its operator. */
export async function listEveryAccount({ store }: Context): Promise<AdministeredAccount[]> {
    return listAllAccounts(store.database);
}

async function requireAccount({ store }: Context, accountId: number): Promise<AccountRow> {
    const account = await findAccount(store.database, accountId);
    if (account === undefined) throw new Problem("not-found", `there is no account ${accountId}`, { remedy: "See `section-platform account list`" });
    return account;
}

/** Whether members of an account may sign in to it with a password alone. */
export async function setTwoFactorRule(context: Context, accountId: number, isRequired: boolean): Promise<AccountRow> {
    const account = await requireAccount(context, accountId);
    await updateAccount(context.store.database, accountId, { requires_2fa: isRequired });
    return account;
}

/** How many applications an account may have; null for as many as the platform's setting says. */
export async function setApplicationLimit(context: Context, accountId: number, limit: number | null): Promise<AccountRow> {
    const account = await requireAccount(context, accountId);
    await updateAccount(context.store.database, accountId, { application_limit: limit });
    return account;
}

/** Gives an account another owner, who becomes an admin if they are not. The former owner stays an admin. */
export async function transferAccount(context: Context, accountId: number, email: string): Promise<AccountRow> {
    const account = await requireAccount(context, accountId);
    const user = await requireUser(context, email);
    if (!user.verified)
        throw new Problem("unverified", `${user.email} is not verified and cannot own account ${accountId}`, { remedy: "Verify the user first" });
    await context.store.transact(async (transaction) => {
        await lockAccount(transaction, accountId);
        const isNew = await insertMembership(transaction, accountId, user.id, "admin");
        if (!isNew) await updateMembership(transaction, accountId, user.id, "admin");
        await updateAccount(transaction, accountId, { owner_id: user.id });
    });
    return account;
}
