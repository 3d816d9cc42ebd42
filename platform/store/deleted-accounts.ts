import type { Selectable } from "kysely";
import type { AccountRow, Database } from "./database";
import type { DeletedAccountTable } from "./deleted-account-tables";

export type DeletedAccountRow = Selectable<DeletedAccountTable>;

/** Keeps the name and the members of an account that is about to be deleted. */
export async function insertDeletedAccount(
    database: Database,
    { id, name }: Pick<AccountRow, "id" | "name">,
    deletedBy: string,
): Promise<void> {
    await database.insertInto("deleted_accounts").values({ account_id: id, name, deleted_by: deletedBy }).execute();
    await database
        .insertInto("former_members")
        .columns(["account_id", "user_id"])
        .expression(({ selectFrom }) =>
            selectFrom("memberships").select(["account_id", "user_id"]).where("account_id", "=", id),
        )
        .execute();
}

/** A deleted account, if the user was a member of it to the end. */
export async function findDeletedAccount(
    database: Database,
    accountId: number,
    userId: number,
): Promise<DeletedAccountRow | undefined> {
    return database
        .selectFrom("deleted_accounts")
        .innerJoin("former_members", "former_members.account_id", "deleted_accounts.account_id")
        .selectAll("deleted_accounts")
        .where("deleted_accounts.account_id", "=", accountId)
        .where("former_members.user_id", "=", userId)
        .executeTakeFirst();
}

export async function forgetAccountsDeletedBefore(database: Database, before: Date): Promise<void> {
    await database.deleteFrom("deleted_accounts").where("deleted_at", "<", before).execute();
}
