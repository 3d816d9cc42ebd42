// "Account" is v1's word for an organization. People and programs read "organization"; all of platform/ says "account".
import { type NewClaim, Problem } from "section-model";
import type { Caller, Member } from "../auth/caller";
import { makeSystemLimit } from "../fair-use";
import {
    countAccountsOwnedBy,
    deleteAccountRow,
    findAccount,
    findAccountOf,
    insertAccount,
    listAccountsOf,
    lockAccount,
    updateAccount,
} from "../store/accounts";
import { hasUnsettledApplications, listApplicationRows } from "../store/applications";
import type { AccountRow, ApplicationRow, Database, EnvironmentRow } from "../store/database";
import { insertDeletedAccount } from "../store/deleted-accounts";
import { listDomainRows } from "../store/domains";
import { listEnvironmentRows } from "../store/environments";
import { insertMembership } from "../store/memberships";
import { type ApplicationRequest, planApplication, startApplication } from "./applications";
import { noteChange } from "./changes";
import { stampClaim } from "./claims";
import type { Context } from "./context";
import { findSource, lockBoth } from "./hostname-sources";
import { takenAsProblem } from "./hostnames";
import { decideWithEffect } from "./outbox";
import { type ExpectedClaim, refuseHeld } from "./refuse-held";
import { refuseUnsettled, whenSettled } from "./refuse-unsettled";

export type AccountView = Awaited<ReturnType<typeof listAccountsOf>>[number];

/** The accounts the caller belongs to; none before the caller's address is verified. */
export async function listAccounts({ store }: Context, caller: Caller): Promise<AccountView[]> {
    return caller.verified ? listAccountsOf(store.database, caller.userId) : [];
}

export async function getAccount({ store }: Context, { caller, accountId }: Member): Promise<AccountView> {
    const account = caller.verified ? await findAccountOf(store.database, caller.userId, accountId) : undefined;
    if (account === undefined) throw new Problem("not-found", `there is no account ${accountId}`);
    return account;
}

export interface AccountGraph {
    account: AccountRow;
    applications: { application: ApplicationRow; environments: EnvironmentRow[] }[];
}

/** Everything the caller can see, without domains. */
export async function graphAccounts(context: Context, caller: Caller): Promise<AccountGraph[]> {
    const { database } = context.store;
    const accounts = await listAccounts(context, caller);
    return Promise.all(
        accounts.map(async (account) => {
            const [applications, environments] = await Promise.all([
                listApplicationRows(database, account.id),
                listEnvironmentRows(database, account.id),
            ]);
            return {
                account,
                applications: applications.map((application) => ({
                    application,
                    environments: environments.filter((each) => each.application_id === application.id),
                })),
            };
        }),
    );
}

/** Refuses one more organization of somebody who owns as many as they may. */
async function requireRoomToOwn({ options }: Context, transaction: Database, { userId }: Caller): Promise<void> {
    const most = options.organizationLimit;
    if (most > 0 && (await countAccountsOwnedBy(transaction, userId)) >= most)
        throw makeSystemLimit("organizationLimit", most);
}

/** An organization without an application. The caller becomes its owner and admin. */
export async function createAccount(
    context: Context,
    caller: Caller,
    name: string,
    claim?: NewClaim,
): Promise<AccountView> {
    const account = await context.store.transact(async (transaction) => {
        await requireRoomToOwn(context, transaction, caller);
        const row = await insertAccount(transaction, name, caller.userId, stampClaim(context, claim));
        await insertMembership(transaction, row.id, caller.userId, "admin");
        await noteChange(transaction, { accountId: row.id, caller }, "organization.create", { to: name });
        return row;
    });
    return getAccount(context, { caller, accountId: account.id, capability: "admin" });
}

/** An organization with its first application, as v1 creates them. The claim is the organization's only. */
export async function createAccountWithApplication(
    context: Context,
    caller: Caller,
    name: string,
    { claim, ...request }: ApplicationRequest,
) {
    const source = await findSource(context, { caller }, request.takesFrom);
    const plan = await planApplication(context, request, source);
    const { accountId, applicationId } = await decideWithEffect(context, "create-application", async (transaction) => {
        await requireRoomToOwn(context, transaction, caller);
        const account = await insertAccount(transaction, name, caller.userId, stampClaim(context, claim));
        await insertMembership(transaction, account.id, caller.userId, "admin");
        await noteChange(transaction, { accountId: account.id, caller }, "organization.create", { to: name });
        await lockBoth(transaction, account.id, source); // nobody can wait for the new one
        return startApplication(context, transaction, { accountId: account.id, caller }, plan, { source });
    }).catch((error) => Promise.reject(takenAsProblem(error, request.hostname)));
    const account = (await findAccount(context.store.database, accountId)) as AccountRow;
    return { account, applicationId, applicationName: plan.hostname };
}

export async function renameAccount(context: Context, member: Member, name: string): Promise<AccountView> {
    const { accountId } = member;
    await context.store.transact(async (transaction) => {
        const before = await lockAccount(transaction, accountId);
        if (before?.name === name) return;
        await updateAccount(transaction, accountId, { name });
        await noteChange(transaction, member, "organization.rename", { from: before?.name, to: name });
    });
    return getAccount(context, member);
}

/** Deletes an account that has no applications left. Its people stay users, and are told that it was deleted. */
export async function deleteAccount(
    context: Context,
    { accountId, caller }: Member,
    toDelete?: ExpectedClaim,
): Promise<void> {
    const { store } = context;
    await whenSettled(context, `an application of account ${accountId}`, () =>
        hasUnsettledApplications(store.database, accountId),
    );
    await store.transact(async (transaction) => {
        const account = await lockAccount(transaction, accountId);
        if (account === undefined) return; // another request was first
        const held = { what: `account ${accountId}`, claim: account.claim, container: "account" as const };
        await refuseHeld(transaction, accountId, held, toDelete);
        const names = (await listApplicationRows(transaction, accountId)).map(({ name }) => name);
        if (names.length > 0)
            throw new Problem(
                "account-not-empty",
                `account ${accountId} still has applications: ${names.slice(0, 10).join(", ")}`,
            );
        if (await hasUnsettledApplications(transaction, accountId))
            refuseUnsettled(`an application of account ${accountId}`);
        await insertDeletedAccount(transaction, account, caller.email);
        await deleteAccountRow(transaction, accountId);
    });
}

export async function listAccountDomains({ store }: Context, { accountId }: Member, engaged?: boolean) {
    return listDomainRows(store.database, accountId, { engaged });
}
