import type { Insertable, Selectable } from "kysely";
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

/** Keeps nothing of the token but its hash. Returns whether there was such a token of that user. */
export async function deleteToken(database: Database, userId: number, id: string): Promise<boolean> {
    const revoked = await database
        .with("gone", (query) =>
            query
                .deleteFrom("tokens")
                .where("user_id", "=", userId)
                .where("id", "=", id)
                .returning(["tokens.id", "tokens.hash"]),
        )
        .insertInto("revoked_tokens")
        .columns(["id", "hash"])
        .expression(({ selectFrom }) => selectFrom("gone").select(["id", "hash"]))
        .returning("id")
        .executeTakeFirst();
    return revoked !== undefined;
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
