import type { Insertable, Updateable } from "kysely";
import type { Database, UserRow, UserTable } from "./database";

export async function findUser(database: Database, id: number): Promise<UserRow | undefined> {
    return database.selectFrom("users").selectAll().where("id", "=", id).executeTakeFirst();
}

export async function findUserByEmail(database: Database, emailKey: string): Promise<UserRow | undefined> {
    return database.selectFrom("users").selectAll().where("email_key", "=", emailKey).executeTakeFirst();
}

/** Adds a user, or returns the one who has that address. */
export async function ensureUser(database: Database, user: Insertable<UserTable>): Promise<{ user: UserRow; isNew: boolean }> {
    const added = await database
        .insertInto("users")
        .values(user)
        .onConflict((conflict) => conflict.column("email_key").doNothing())
        .returningAll()
        .executeTakeFirst();
    if (added !== undefined) return { user: added, isNew: true };
    const existing = await findUserByEmail(database, user.email_key);
    return { user: existing as UserRow, isNew: false };
}

export async function updateUser(database: Database, id: number, changes: Updateable<UserTable>): Promise<UserRow | undefined> {
    if (Object.keys(changes).length === 0) return findUser(database, id);
    return database.updateTable("users").set(changes).where("id", "=", id).returningAll().executeTakeFirst();
}
