import { Problem } from "section-model";
import type { Caller, Member } from "../auth/caller";
import { findAccount } from "../store/accounts";
import type { AccountRow } from "../store/database";
import {
    type DomainEntry,
    type Listing,
    listAttachedDomains,
    listOrganizationRows,
    listSiteRows,
    type OrganizationEntry,
    type SiteEntry,
    type Window,
} from "../store/listings";
import type { Context } from "./context";
import { listMembers, type MemberRow } from "./memberships";

export type { DomainEntry, Listing, OrganizationEntry, SiteEntry, Window } from "../store/listings";

/** The row of the account that a member belongs to. */
export async function getOrganization({ store }: Context, { accountId }: Member): Promise<AccountRow> {
    const account = await findAccount(store.database, accountId);
    if (account === undefined) throw new Problem("not-found", `there is no account ${accountId}`);
    return account;
}

export async function listOrganizations(
    { store }: Context,
    caller: Caller,
    window: Window,
): Promise<Listing<OrganizationEntry>> {
    return listOrganizationRows(store.database, caller.userId, window);
}

export async function listSites(
    { store }: Context,
    { accountId }: Member,
    window: Window,
): Promise<Listing<SiteEntry>> {
    return listSiteRows(store.database, accountId, window);
}

export async function listDomains(
    { store }: Context,
    { accountId }: Member,
    window: Window,
): Promise<Listing<DomainEntry>> {
    return listAttachedDomains(store.database, accountId, window);
}

/** The members of an account whose name or address contains the search. */
export async function searchMembers(
    context: Context,
    member: Member,
    { search = "", limit, offset }: Window,
): Promise<Listing<MemberRow>> {
    const words = search.toLowerCase();
    const found = (await listMembers(context, member)).filter(({ email, first_name, last_name }) =>
        `${first_name} ${last_name} ${email}`.toLowerCase().includes(words),
    );
    return { rows: found.slice(offset, offset + limit), total: found.length };
}
