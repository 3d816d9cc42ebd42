import { randomBytes } from "node:crypto";
import type { Database } from "./database";

/** Gives a database its identity, once for all: it goes along with backups. */
export async function ensureIdentity(database: Database): Promise<void> {
    await database
        .insertInto("identity")
        .values({ id: randomBytes(12).toString("base64url") })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
}

/** The random word of 16 characters that tells this platform from every other one. */
export async function readIdentity(database: Database): Promise<string> {
    return (await database.selectFrom("identity").select("id").executeTakeFirstOrThrow()).id;
}
