import type { Insertable, Selectable } from "kysely";
import type { Database, LinkKind, LinkTable } from "./database";

export type LinkRow = Selectable<LinkTable>;

export async function insertLink(database: Database, link: Insertable<LinkTable>): Promise<void> {
    await database.insertInto("links").values(link).execute();
}

/** A link that still counts. */
export async function findLink(
    database: Database,
    hash: Buffer,
    kind: LinkKind,
    now: Date,
): Promise<LinkRow | undefined> {
    return database
        .selectFrom("links")
        .selectAll()
        .where("hash", "=", hash)
        .where("kind", "=", kind)
        .where("expires_at", ">", now)
        .executeTakeFirst();
}

/** Uses a link up: of all requests with it, one gets it. */
export async function takeLink(
    database: Database,
    hash: Buffer,
    kind: LinkKind,
    now: Date,
): Promise<LinkRow | undefined> {
    return database
        .deleteFrom("links")
        .where("hash", "=", hash)
        .where("kind", "=", kind)
        .where("expires_at", ">", now)
        .returningAll()
        .executeTakeFirst();
}

export async function deleteLinksOf(database: Database, userId: number, kind: LinkKind): Promise<void> {
    await database.deleteFrom("links").where("user_id", "=", userId).where("kind", "=", kind).execute();
}

/**
 * Removes the links of a user that lead to one account, and those that lead to none: these let somebody choose the
 * user's password.
 */
export async function deleteInvitationLinks(
    database: Database,
    userId: number,
    accountId: number | null,
): Promise<void> {
    await database
        .deleteFrom("links")
        .where("user_id", "=", userId)
        .where("kind", "=", "accept")
        .where(({ or, eb }) => or([eb("account_id", "is", null), eb("account_id", "=", accountId)]))
        .execute();
}

export async function deleteExpiredLinks(database: Database, now: Date): Promise<void> {
    await database.deleteFrom("links").where("expires_at", "<=", now).execute();
}
