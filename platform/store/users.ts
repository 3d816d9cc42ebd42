import type { Insertable, Updateable } from "kysely";
import type { Database, UserRow, UserTable } from "./database";

/** A user, and whether an account they belong to makes them sign in with a second factor. */
export type Person = UserRow & { enforced_2fa: boolean };

function selectPeople(database: Database) {
    return database
        .selectFrom("users")
        .selectAll("users")
        .select(({ exists, selectFrom }) =>
            exists(
                selectFrom("memberships")
                    .innerJoin("accounts", "accounts.id", "memberships.account_id")
                    .select("accounts.id")
                    .whereRef("memberships.user_id", "=", "users.id")
                    .where("accounts.requires_2fa", "=", true),
            )
                .$castTo<boolean>()
                .as("enforced_2fa"),
        );
}

export async function findPerson(database: Database, id: number): Promise<Person | undefined> {
    return selectPeople(database).where("users.id", "=", id).executeTakeFirst();
}

export async function findPersonByEmail(database: Database, emailKey: string): Promise<Person | undefined> {
    return selectPeople(database).where("users.email_key", "=", emailKey).executeTakeFirst();
}

export async function listPeople(database: Database): Promise<Person[]> {
    return selectPeople(database).orderBy("users.id").execute();
}

export async function findUser(database: Database, id: number): Promise<UserRow | undefined> {
    return database.selectFrom("users").selectAll().where("id", "=", id).executeTakeFirst();
}

export async function findUserByEmail(database: Database, emailKey: string): Promise<UserRow | undefined> {
    return database.selectFrom("users").selectAll().where("email_key", "=", emailKey).executeTakeFirst();
}

/** Adds a user, or returns the one who has that address. */
export async function ensureUser(
    database: Database,
    user: Insertable<UserTable>,
): Promise<{ user: UserRow; isNew: boolean }> {
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

/** The constraint that an address breaks which somebody else has. */
export const emailConstraint = "users_email";

/** Changes the named fields; `undefined` leaves a field as it is. */
export async function updateUserRow(
    database: Database,
    id: number,
    changes: Updateable<UserTable>,
): Promise<UserRow | undefined> {
    if (Object.values(changes).every((value) => value === undefined)) return findUser(database, id);
    return database.updateTable("users").set(changes).where("id", "=", id).returningAll().executeTakeFirst();
}

/** Makes an unverified user a verified one; undefined when somebody else did already. */
export async function verifyUser(
    database: Database,
    id: number,
    changes: Updateable<UserTable>,
): Promise<UserRow | undefined> {
    return database
        .updateTable("users")
        .set({ ...changes, verified: true })
        .where("id", "=", id)
        .where("verified", "=", false)
        .returningAll()
        .executeTakeFirst();
}

/** Uses up the one-time code of a time step; false when it, or a later one, was used already. */
export async function useTotpStep(database: Database, id: number, step: number): Promise<boolean> {
    const { numUpdatedRows } = await database
        .updateTable("users")
        .set({ totp_last_step: step })
        .where("id", "=", id)
        .where(({ or, eb }) => or([eb("totp_last_step", "is", null), eb("totp_last_step", "<", step)]))
        .executeTakeFirst();
    return numUpdatedRows > 0n;
}

export async function deleteUser(database: Database, id: number): Promise<void> {
    await database.deleteFrom("users").where("id", "=", id).execute();
}

/** Removes users from before `before` who never verified their address and have no account, token or link. */
export async function deleteForgottenUsers(database: Database, before: Date): Promise<number> {
    const { numDeletedRows } = await database
        .deleteFrom("users")
        .where("verified", "=", false)
        .where("created_at", "<", before)
        .where(({ not, exists, selectFrom }) =>
            not(exists(selectFrom("memberships").select("user_id").whereRef("user_id", "=", "users.id"))),
        )
        .where(({ not, exists, selectFrom }) =>
            not(exists(selectFrom("tokens").select("user_id").whereRef("user_id", "=", "users.id"))),
        )
        .where(({ not, exists, selectFrom }) =>
            not(exists(selectFrom("links").select("user_id").whereRef("user_id", "=", "users.id"))),
        )
        .executeTakeFirst();
    return Number(numDeletedRows);
}
