import type { Database } from "./database";

/** The sealed key of our account at a certificate authority. Of several processes that make one, the first wins. */
export async function ensureAccountKey(database: Database, directory: string, make: () => Buffer): Promise<Buffer> {
    const find = () =>
        database
            .selectFrom("acme_accounts")
            .select("private_key")
            .where("directory", "=", directory)
            .executeTakeFirst();
    const known = await find();
    if (known !== undefined) return known.private_key;
    await database
        .insertInto("acme_accounts")
        .values({ directory, private_key: make() })
        .onConflict((conflict) => conflict.column("directory").doNothing())
        .execute();
    return ((await find()) as { private_key: Buffer }).private_key;
}
