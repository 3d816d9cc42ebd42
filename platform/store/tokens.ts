import { type Insertable, type Selectable, sql } from "kysely";
import type { Database, RevokedTokenTable, TokenTable } from "./database";

export type TokenRow = Selectable<TokenTable>;

const ofUser = ["users.email", "users.first_name", "users.last_name", "users.verified"] as const;

/** A token with its user, by the token's public id. */
export async function findToken(database: Database, id: string) {
    return database
        .selectFrom("tokens")
        .innerJoin("users", "users.id", "tokens.user_id")
        .selectAll("tokens")
        .select(ofUser)
        .where("tokens.id", "=", id)
        .executeTakeFirst();
}

export async function markTokenUsed(database: Database, id: string, at: Date): Promise<void> {
    await database.updateTable("tokens").set({ last_used_at: at }).where("id", "=", id).execute();
}

export async function listTokenRows(database: Database, userId: number): Promise<TokenRow[]> {
    return database
        .selectFrom("tokens")
        .selectAll()
        .where("user_id", "=", userId)
        .orderBy("created_at")
        .orderBy("id")
        .execute();
}

export async function insertToken(database: Database, token: Insertable<TokenTable>): Promise<TokenRow> {
    return database.insertInto("tokens").values(token).returningAll().executeTakeFirstOrThrow();
}

/**
 * Deletes a token, and all that it made, and what these made. Keeps nothing of them but their hashes. Returns whether
 * there was such a token of that user.
 */
export async function deleteToken(database: Database, userId: number, id: string): Promise<boolean> {
    const { rows } = await sql`
        with recursive ended (id) as (
            select id from tokens where user_id = ${userId} and id = ${id}
            union all select tokens.id from tokens join ended on tokens.made_by = ended.id
        ), gone as (delete from tokens where id in (select id from ended) returning id, hash)
        insert into revoked_tokens (id, hash, cause)
        select id, hash, case when id = ${id} then 'revoked' else 'maker' end from gone returning id`.execute(database);
    return rows.length > 0;
}

/** Deletes all tokens of a user who is about to be removed. Keeps nothing of them but their hashes. */
export async function deleteTokensOf(database: Database, userId: number): Promise<void> {
    await sql`
        with gone as (delete from tokens where user_id = ${userId} returning id, hash)
        insert into revoked_tokens (id, hash, cause) select id, hash, 'user' from gone`.execute(database);
}

/** What is kept of a revoked token, by the token's public id. */
export async function findRevokedToken(
    database: Database,
    id: string,
): Promise<Selectable<RevokedTokenTable> | undefined> {
    return database.selectFrom("revoked_tokens").selectAll().where("id", "=", id).executeTakeFirst();
}

export async function forgetTokensRevokedBefore(database: Database, before: Date): Promise<void> {
    await database.deleteFrom("revoked_tokens").where("revoked_at", "<", before).execute();
}
