import assert from "node:assert/strict";
import { sql } from "kysely";
import { migrations } from "../../../platform/store/migrations";
import { currentMigration, listTables, migrate, requireKnownMigration } from "../../../platform/store/schema";
import { onEveryStore } from "../../support/stores";

const newest = Object.keys(migrations).sort().at(-1) as string;

onEveryStore("the schema", (store) => {
    it("has our tables and the name of the newest migration, and is brought there once", async () => {
        const { database } = store();
        const migrated = async () => (await sql`select name, timestamp from kysely_migration`.execute(database)).rows;
        const before = await migrated();
        await migrate(database);
        assert.deepEqual(await migrated(), before);
        assert.equal(await currentMigration(database), newest);
        const tables = await listTables(database);
        assert.ok(tables.includes("users") && tables.includes("outbox"));
        assert.ok(!tables.some((table) => table.startsWith("kysely")));
    });
});

it("a schema that only a newer platform knows is refused", () => {
    requireKnownMigration(newest);
    assert.throws(() => requireKnownMigration("9999-later"), {
        code: "backup-newer",
        message: /the rows are of schema 9999-later, this platform knows up to/,
    });
});
