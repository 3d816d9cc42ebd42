import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { sql } from "kysely";
import type { Database } from "../../../platform/store/database";
import { type Dump, dumpFile, dumpTables } from "../../../platform/store/dump-tables";
import { dropTables, loadTables } from "../../../platform/store/load-tables";
import { currentMigration, listTables, migrate } from "../../../platform/store/schema";
import { openStore, type Store } from "../../../platform/store/store";
import { withFolder } from "../../support/platform";
import { freshStoreOptions, type StoreKind, storeKinds } from "../../support/stores";
import { makeApplication } from "./rows";

const odd = 'line\none \\ "quoted" \'single\' {"json": 1} \t ünï 🦄 \u2028 \u2029 \u0085 null';

/** Rows with everything in them that could get lost on the way. */
async function fill(store: Store): Promise<void> {
    const { user, account, application, environment } = await makeApplication(store);
    const { database } = store;
    await database
        .updateTable("users")
        .set({ company_name: odd, first_name: "", password_hash: null })
        .where("id", "=", user.id)
        .execute();
    const hash = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
    await database
        .insertInto("tokens")
        .values({ id: "t1", user_id: user.id, description: odd, hash, scope: "read", expires_at: null })
        .execute();
    await database
        .insertInto("tokens")
        .values({
            id: "t2",
            user_id: user.id,
            description: "",
            hash: Buffer.alloc(0),
            scope: "write",
            expires_at: null,
        })
        .execute();
    await sql`update tokens set expires_at = '2031-02-03 04:05:06.789012+05:30' where id = 't1'`.execute(database);
    await database
        .insertInto("outbox")
        .values({
            kind: "x",
            payload: JSON.stringify({ odd, deep: [1, 2.5, null, { a: [] }] }),
            claimed_until: new Date(0),
        })
        .execute();
    await sql`insert into deployments (account_id, environment_id, commit, author_name, author_email)
        select ${account.id}, ${environment.id}, md5(n::text), 'x', 'y' from generate_series(1, 2500) n`.execute(
        database,
    );
    const last = await database
        .insertInto("accounts")
        .values({ name: "gone", owner_id: user.id })
        .returning("id")
        .executeTakeFirstOrThrow();
    await database.deleteFrom("accounts").where("id", "=", last.id).execute();
    assert.ok(application.id > 0);
}

/** A sum over every value of a database, made by the database itself. */
async function sumOf(database: Database): Promise<Record<string, string>> {
    await sql`set timezone to 'UTC'`.execute(database);
    const sums: Record<string, string> = {};
    for (const table of await listTables(database)) {
        const { rows } = await sql<{
            sum: string;
        }>`select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as sum from ${sql.table(table)} t`.execute(
            database,
        );
        sums[table] = rows[0]?.sum ?? "";
    }
    return sums;
}

async function emptyStore(kind: StoreKind): Promise<Store> {
    const store = await openStore({ ...(await freshStoreOptions(kind)), isRaw: true });
    await dropTables(store.database);
    return store;
}

const load = (store: Store, folder: string, dump: Pick<Dump, "tables" | "sequences">) =>
    store.transact((transaction) => loadTables(transaction, folder, dump));

describe("a dump of the database", function () {
    this.timeout(120_000);

    for (const from of storeKinds)
        for (const to of storeKinds)
            it(`of ${from} is the same in ${to}: every value, every rule, and what comes next`, () =>
                withFolder(async (folder) => {
                    const source = await openStore(await freshStoreOptions(from));
                    await fill(source);
                    const { dump } = await dumpTables(source.database, folder, async () => undefined);
                    const target = await emptyStore(to);
                    await migrate(target.database, dump.migration);
                    await load(target, folder, dump);
                    assert.deepEqual(await sumOf(target.database), await sumOf(source.database));
                    assert.equal(dump.tables.deployments, 2500);
                    assert.equal(await currentMigration(target.database), await currentMigration(source.database));
                    const next = async ({ database }: Store) =>
                        (
                            await database
                                .insertInto("accounts")
                                .values({ name: "next", owner_id: 1 })
                                .returning("id")
                                .executeTakeFirstOrThrow()
                        ).id;
                    assert.equal(await next(target), await next(source), "a number that was given is not given again");
                    await assert.rejects(target.database.deleteFrom("users").execute(), { code: "23503" });
                    const { rows } =
                        await sql`select 1 from pg_constraint where contype = 'f' and condeferrable`.execute(
                            target.database,
                        );
                    assert.equal(rows.length, 0, "and at once, as before");
                    await source.close();
                    await target.close();
                }));

    for (const kind of storeKinds)
        it(`of ${kind} is of one moment`, () =>
            withFolder(async (folder) => {
                const store = await openStore(await freshStoreOptions(kind));
                await fill(store);
                const adding: Promise<unknown>[] = [];
                const { dump, more } = await dumpTables(store.database, folder, async (transaction) => {
                    await transaction.selectFrom("users").select("id").execute();
                    // others go on writing meanwhile
                    for (let index = 0; index < 20; index += 1) adding.push(makeApplication(store));
                    if (kind === "PostgreSQL") await Promise.all(adding);
                    return transaction.selectFrom("applications").select("id").execute();
                });
                await Promise.all(adding);
                assert.deepEqual([more.length, dump.tables.applications, dump.tables.domains], [1, 1, 0]);
                assert.equal((await readFile(dumpFile(folder, "applications"), "utf8")).trim().split("\n").length, 1);
                await store.close();
            }));

    it("that does not fit is not loaded, and nothing of it stays", () =>
        withFolder(async (folder) => {
            const source = await openStore(await freshStoreOptions("PGlite"));
            await fill(source);
            const { dump } = await dumpTables(source.database, folder, async () => undefined);
            await source.close();
            const target = await openStore(await freshStoreOptions("PGlite"));
            const fails = async (wrong: Pick<Dump, "tables" | "sequences">, pattern: RegExp) => {
                await assert.rejects(load(target, folder, wrong), pattern);
                assert.equal((await target.database.selectFrom("users").selectAll().execute()).length, 0);
            };
            await fails({ ...dump, tables: { ...dump.tables, users: 7 } }, /users has 1 rows, not 7/);
            const { users: _, ...fewer } = dump.tables;
            await fails({ ...dump, tables: fewer }, /its tables are accounts, .* not accounts/);
            await writeFile(
                dumpFile(folder, "memberships"),
                '{"account_id":99,"user_id":99,"capability":"admin","created_at":"2026-01-01T00:00:00Z"}\n',
            );
            await fails({ ...dump, tables: { ...dump.tables, memberships: 1 } }, /violates foreign key constraint/);
            await target.close();
        }));

    it("of a database that nobody has used is refused, and of one that is newer", async () => {
        const store = await emptyStore("PGlite");
        await withFolder((folder) =>
            assert.rejects(
                dumpTables(store.database, folder, async () => undefined),
                /the database is empty: no platform has used it/,
            ),
        );
        await migrate(store.database);
        await sql`insert into kysely_migration values ('9999-later', '')`.execute(store.database);
        await withFolder((folder) =>
            assert.rejects(
                dumpTables(store.database, folder, async () => undefined),
                { code: "backup-newer" },
            ),
        );
        await store.close();
    });
});
