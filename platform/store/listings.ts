import { sql } from "kysely";
import type { Capability } from "section-model";
import type { Database } from "./database";

/** The part of a long list that somebody looks at. */
export interface Window {
    /** Text that names contain, regardless of case. */
    search?: string;
    limit: number;
    offset: number;
}

/** A part of a list, and the length of the list. */
export interface Listing<T> {
    rows: T[];
    total: number;
}

export interface OrganizationEntry {
    id: number;
    name: string;
    capability: Capability;
    sites: number;
    domains: number;
    live: number;
}

export interface SiteEntry {
    id: number;
    name: string;
    environments: string[];
    domains: number;
    live: number;
}

export interface DomainEntry {
    hostname: string;
    engaged: boolean;
    application_id: number;
    application_name: string;
    environment_name: string;
}

function containing(search: string | undefined): string {
    return `%${(search ?? "").replaceAll(/[\\%_]/g, "\\$&")}%`;
}

function asListing<T>(rows: (T & { total: number })[]): Listing<T> {
    return { rows, total: rows[0]?.total ?? 0 };
}

// each counts for the rows of one page only: `page` is cut before anything is looked up for it

/** The organizations of a user by name, with counts of their content. */
export async function listOrganizationRows(
    database: Database,
    userId: number,
    { search, limit, offset }: Window,
): Promise<Listing<OrganizationEntry>> {
    const { rows } = await sql<OrganizationEntry & { total: number }>`
        with page as (
            select accounts.id, accounts.name, memberships.capability, count(*) over () as total
            from memberships join accounts on accounts.id = memberships.account_id
            where memberships.user_id = ${userId} and accounts.name ilike ${containing(search)}
            order by lower(accounts.name), accounts.id limit ${limit} offset ${offset})
        select page.*,
            (select count(*) from applications where account_id = page.id and state = 'ready') as sites,
            (select count(*) from domains where account_id = page.id) as domains,
            (select count(*) from domains where account_id = page.id and engaged) as live
        from page order by lower(name), id`.execute(database);
    return asListing(rows);
}

/**
 * The sites of an account by name; the search looks at every hostname they have. Those of a root serve the sites that
 * are split from it, too.
 */
export async function listSiteRows(
    database: Database,
    accountId: number,
    { search, limit, offset }: Window,
): Promise<Listing<SiteEntry>> {
    const like = containing(search);
    const { rows } = await sql<SiteEntry & { total: number }>`
        with page as (
            select id, coalesce(root_id, id) as root, name, count(*) over () as total from applications
            where account_id = ${accountId} and state = 'ready' and (name ilike ${like} or coalesce(root_id, id) in (
                select application_id from domains where account_id = ${accountId} and hostname ilike ${like}))
            order by name, id limit ${limit} offset ${offset})
        select page.*,
            (select coalesce(array_agg(name order by id), '{}') from environments where application_id = page.id and state = 'ready') as environments,
            (select count(*) from domains where application_id = page.root) as domains,
            (select count(*) from domains where application_id = page.root and engaged) as live
        from page order by name, id`.execute(database);
    return asListing(rows);
}

/** The hostnames of an account with their environments; those that are not live come first. */
export async function listAttachedDomains(
    database: Database,
    accountId: number,
    { search, limit, offset }: Window,
): Promise<Listing<DomainEntry>> {
    // the environment's state is asked row by row: without statistics, which the embedded database never gathers, a
    // join becomes a loop in a loop
    const { rows } = await sql<DomainEntry & { total: number }>`
        with page as (
            select hostname, engaged, application_id, environment_id, count(*) over () as total from domains
            where account_id = ${accountId} and hostname ilike ${containing(search)}
                and (select state from environments where id = domains.environment_id) = 'ready'
            order by engaged, hostname limit ${limit} offset ${offset})
        select page.*, applications.name as application_name, environments.name as environment_name
        from page join environments on environments.id = page.environment_id join applications on applications.id = page.application_id
        order by engaged, hostname`.execute(database);
    return asListing(rows);
}
