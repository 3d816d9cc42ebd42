import { type RawBuilder, sql } from "kysely";
import type { NewClaim } from "section-model";
import type { StoredClaim } from "./column";
import type { Database } from "./database";

/** The kinds of things that can be held. */
export type ClaimableKind = "account" | "member" | "application" | "environment" | "domain";

/** A thing of an account by its name, in normal spelling. `{}` is the account itself. */
export interface ThingName {
    email?: string;
    application_id?: number;
    environment_name?: string;
    hostname?: string;
}

export interface ClaimableThing {
    /** The place of its name among those that were asked for. */
    index: number;
    kind: ClaimableKind;
    /** Its id, or the number of the member. Null for a domain. */
    id: number | null;
    hostname: string | null;
    claim: StoredClaim | null;
}

/** A member who has not accepted has another number and address than the user, as in `listMemberRows`. */
const memberNumber = sql.raw("case when invitation is null then user_id else invited_as end");
const memberEmail = sql.raw("case when invitation is null then users.email_key else lower(invitation ->> 'email') end");

/**
 * Finds things by their names, in one statement. Those that are not there, or are being made or deleted, are left out.
 */
export async function findClaimable(
    database: Database,
    accountId: number,
    names: readonly ThingName[],
): Promise<ClaimableThing[]> {
    const asked = JSON.stringify(names.map((name, index) => ({ index, ...name })));
    const { rows } = await sql<ClaimableThing>`
        with asked as (select * from jsonb_to_recordset(${asked}::jsonb)
            as asked ("index" int, email text, application_id int, environment_name text, hostname text))
        select "index", 'account' as kind, id, null as hostname, claim from asked join accounts on accounts.id = ${accountId}
            where email is null and asked.application_id is null and hostname is null
        union all select "index", 'member', ${memberNumber}, null, claim from asked cross join memberships
            join users on users.id = user_id and ${memberEmail} = asked.email where account_id = ${accountId}
        union all select "index", 'application', id, null, claim from asked join applications on id = asked.application_id
            where account_id = ${accountId} and state = 'ready' and environment_name is null
        union all select "index", 'environment', id, null, claim from asked join environments
            on environments.application_id = asked.application_id and name = environment_name
            where account_id = ${accountId} and state = 'ready'
        union all select "index", 'domain', null, domains.hostname, claim from asked join domains on domains.hostname = asked.hostname
            where account_id = ${accountId}`.execute(database);
    return rows;
}

/** A change of a claim by compare-and-set. */
export interface ClaimChange {
    thing: ClaimableThing;
    /** The id of the claim that it must have now; null when it must have none. */
    expected: string | null;
    claim: StoredClaim | null;
}

const rowsOf: Record<ClaimableKind, { table: string; account: string; key: RawBuilder<unknown> }> = {
    account: { table: "accounts", account: "id", key: sql.ref("things.id") },
    member: { table: "memberships", account: "account_id", key: memberNumber },
    application: { table: "applications", account: "account_id", key: sql.ref("things.id") },
    environment: { table: "environments", account: "account_id", key: sql.ref("things.id") },
    domain: { table: "domains", account: "account_id", key: sql.ref("things.hostname") },
};

/** Changes claims, one statement for each kind of things. Returns the changes that were made. */
export async function updateClaims(
    database: Database,
    accountId: number,
    changes: readonly ClaimChange[],
): Promise<ClaimChange[]> {
    const made = new Set<number>();
    for (const kind of new Set(changes.map(({ thing }) => thing.kind))) {
        const { table, account, key } = rowsOf[kind];
        const own = changes.filter(({ thing }) => thing.kind === kind);
        const asked = own.map(({ thing: { index, id, hostname }, expected, claim }) => ({
            index,
            key: hostname ?? String(id),
            expected,
            claim,
        }));
        const { rows } = await sql<{ index: number }>`
            update ${sql.table(table)} as things set claim = asked.claim from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb)
                as asked ("index" int, key text, expected text, claim jsonb)
            where things.${sql.ref(account)} = ${accountId} and ${key} = ${keyOf(kind)}
                and things.claim ->> 'id' is not distinct from asked.expected
            returning asked."index"`.execute(database);
        for (const { index } of rows) made.add(index);
    }
    return changes.filter(({ thing }) => made.has(thing.index));
}

const keyOf = (kind: ClaimableKind): RawBuilder<unknown> => sql.raw(kind === "domain" ? "asked.key" : "asked.key::int");

/** A thing that is held, as far as a person needs to know which one it is. */
export interface HeldThing {
    kind: ClaimableKind;
    /** Of an environment. */
    application_id: number | null;
    name: string;
    claim: StoredClaim;
}

/** A thing that contains others: an account, an application, or an environment with its copies in split ones. */
export type Container = "account" | { applicationId: number } | { environmentId: number; copies: readonly number[] };

/** The things in another one that another project or stack holds, or that anybody holds if there is no holder. */
export async function listHeldWithin(
    database: Database,
    accountId: number,
    container: Container,
    holder: NewClaim | null,
    limit: number,
): Promise<{ things: HeldThing[]; total: number }> {
    const { rows } = await sql<HeldThing & { total: number }>`
        with things as (
            select 1 as rank, 'member' as kind, null::int as application_id, null::int as environment_id,
                    coalesce(invitation ->> 'email', email) as name, claim
                from memberships join users on users.id = user_id where account_id = ${accountId}
            union all select 2, 'application', id, null, name, claim from applications
                where account_id = ${accountId} and state <> 'deleting'
            union all select 3, 'environment', application_id, id, name, claim from environments
                where account_id = ${accountId} and state <> 'deleting'
            union all select 4, 'domain', application_id, environment_id, hostname, claim from domains
                where account_id = ${accountId})
        select kind, application_id, name, claim, count(*) over ()::int as total from things
        where claim is not null and ${isWithin(container)}
            and (claim ->> 'project', claim ->> 'stack') is distinct from (${holder?.project ?? null}::text, ${holder?.stack ?? null}::text)
        order by rank, application_id, name limit ${limit}`.execute(database);
    return { things: rows, total: rows[0]?.total ?? 0 };
}

function isWithin(container: Container): RawBuilder<unknown> {
    if (container === "account") return sql`true`;
    if ("applicationId" in container)
        return sql`kind in ('environment', 'domain') and application_id = ${container.applicationId}`;
    const { environmentId, copies } = container;
    return sql`environment_id in (${sql.join([environmentId, ...copies])}) and (kind, environment_id) <> ('environment', ${environmentId}::int)`;
}
