import { type Expression, type ExpressionBuilder, type SqlBool, sql } from "kysely";
import type { CertificateOrderRow, Database, Tables } from "./database";
import { hasCome } from "./has-come";

/** Much more than a claim lasts that nobody renews. */
const longestClaimMs = 3_600_000;
/** More than any authority asks to wait. */
const longestPauseMs = 40 * 86_400_000;

type OrderExpression = ExpressionBuilder<Tables, "certificate_orders">;

/** True for an order that no living process works on. */
const isFree =
    (now: Date) =>
    (expression: OrderExpression): Expression<SqlBool> =>
        expression.or([
            expression("certificate_orders.claimed_until", "is", null),
            hasCome("certificate_orders.claimed_until", now, new Date(now.getTime() + longestClaimMs)),
        ]);

/** Orders a certificate for a hostname, from the beginning; one that is being worked on goes on as it is. */
export async function startOrder(
    database: Database,
    { hostname, accountId, now }: { hostname: string; accountId: number; now: Date },
): Promise<void> {
    await database
        .insertInto("certificate_orders")
        .values({ hostname, account_id: accountId, due_at: now })
        .onConflict((conflict) =>
            conflict.column("hostname").doUpdateSet({ due_at: now, attempts: 0, last_error: null }).where(isFree(now)),
        )
        .execute();
}

/**
 * Orders a missing or due certificate for every live hostname that has no order. Custom certificates are their
 * owners' business.
 */
export async function startDueOrders(database: Database, now: Date, limit: number): Promise<number> {
    const { numInsertedOrUpdatedRows = 0n } = await database
        .insertInto("certificate_orders")
        .columns(["hostname", "account_id", "due_at"])
        .expression((expression) =>
            expression
                .selectFrom("domains")
                .leftJoin("certificates", "certificates.hostname", "domains.hostname")
                .leftJoin("certificate_orders", "certificate_orders.hostname", "domains.hostname")
                .select(["domains.hostname", "domains.account_id", sql<Date>`cast(${now} as timestamptz)`.as("due_at")])
                .where("domains.engaged", "=", true)
                .where("certificate_orders.hostname", "is", null)
                .where((each) =>
                    each.or([each("certificates.hostname", "is", null), each("certificates.renew_from", "<=", now)]),
                )
                .limit(limit),
        )
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
    return Number(numInsertedOrUpdatedRows);
}

export interface Claim {
    /** A name that nobody else uses. */
    claim: string;
    until: Date;
}

/** Takes over orders that are due, those that wait longest first. */
export async function claimOrders(
    database: Database,
    now: Date,
    { claim, until }: Claim,
    limit: number,
): Promise<CertificateOrderRow[]> {
    return database
        .updateTable("certificate_orders")
        .set({ claim, claimed_until: until })
        .where("hostname", "in", (expression) =>
            expression
                .selectFrom("certificate_orders")
                .select("hostname")
                .where(hasCome("due_at", now, new Date(now.getTime() + longestPauseMs)))
                .where(isFree(now))
                .orderBy("due_at")
                .limit(limit)
                .forUpdate()
                .skipLocked(),
        )
        .returningAll()
        .execute();
}

/**
 * Notes progress. Returns whether the order is still the claim's: if not, somebody else has taken it over or it was
 * withdrawn.
 */
export async function noteOrder(
    database: Database,
    { hostname, account_id, claim }: Pick<CertificateOrderRow, "hostname" | "account_id" | "claim">,
    progress: Partial<Omit<CertificateOrderRow, "hostname" | "account_id">>,
): Promise<boolean> {
    const { numUpdatedRows } = await database
        .updateTable("certificate_orders")
        .set(progress)
        .where("account_id", "=", account_id)
        .where("hostname", "=", hostname)
        .where("claim", "=", claim)
        .executeTakeFirst();
    return numUpdatedRows > 0n;
}

/** Ends an order that has been carried out. Returns whether it was still the claim's. */
export async function finishOrder(
    database: Database,
    { hostname, account_id, claim }: Pick<CertificateOrderRow, "hostname" | "account_id" | "claim">,
): Promise<boolean> {
    const { numDeletedRows } = await database
        .deleteFrom("certificate_orders")
        .where("account_id", "=", account_id)
        .where("hostname", "=", hostname)
        .where("claim", "=", claim)
        .executeTakeFirst();
    return numDeletedRows > 0n;
}

/** Ends an order that is no longer wanted, also while a process works on it. */
export async function withdrawOrder(database: Database, accountId: number, hostname: string): Promise<void> {
    await database
        .deleteFrom("certificate_orders")
        .where("account_id", "=", accountId)
        .where("hostname", "=", hostname)
        .execute();
}

/** Frees every claim: for a process that knows it is alone. */
export async function releaseOrders(database: Database): Promise<void> {
    await database
        .updateTable("certificate_orders")
        .set({ claim: null, claimed_until: null })
        .where("claim", "is not", null)
        .execute();
}

export async function findOrder(
    database: Database,
    accountId: number,
    hostname: string,
): Promise<CertificateOrderRow | undefined> {
    return database
        .selectFrom("certificate_orders")
        .selectAll()
        .where("account_id", "=", accountId)
        .where("hostname", "=", hostname)
        .executeTakeFirst();
}

/** The answer at a challenge's address. Anybody may ask for it, so it is not looked for by account. */
export async function findKeyAuthorization(
    database: Database,
    hostname: string,
    token: string,
): Promise<string | undefined> {
    const row = await database
        .selectFrom("certificate_orders")
        .select("key_authorization")
        .where("hostname", "=", hostname)
        .where("challenge_token", "=", token)
        .executeTakeFirst();
    return row?.key_authorization ?? undefined;
}
