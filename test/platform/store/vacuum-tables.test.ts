import assert from "node:assert/strict";
import { sql } from "kysely";
import { openStore } from "../../../platform/store/store";
import { keepUp } from "../../../platform/store/vacuum-tables";
import { freshStoreOptions } from "../../support/stores";

describe("the upkeep of the embedded database", () => {
    it("counts what has changed much, gives back what is gone, and leaves the rest alone", async () => {
        const store = await openStore(await freshStoreOptions("PGlite"));
        const { database } = store;
        const size = async () => {
            const { rows } = await sql<{ rows: number; bytes: number }>`
                select reltuples as rows, pg_relation_size(oid) as bytes from pg_class where relname = 'users'`.execute(
                database,
            );
            return { rows: Number(rows[0]?.rows), bytes: Number(rows[0]?.bytes) };
        };
        await keepUp(database);
        await sql`insert into users (email, email_key) select 'u' || n, 'u' || n from generate_series(1, 5000) n`.execute(
            database,
        );
        assert.deepEqual(await keepUp(database), ["users"]);
        assert.equal((await size()).rows, 5000);
        assert.deepEqual(await keepUp(database), []);
        await sql`delete from users where id % 100 <> 0`.execute(database);
        await sql`insert into users (email, email_key) select 'v' || n, 'v' || n from generate_series(1, 10) n`.execute(
            database,
        );
        const before = await size();
        assert.deepEqual(await keepUp(database), ["users"]);
        assert.equal((await size()).rows, 60);
        await sql`insert into users (email, email_key) select 'w' || n, 'w' || n from generate_series(1, 4000) n`.execute(
            database,
        );
        assert.equal((await size()).bytes, before.bytes, "new rows lie where old ones were");
        await store.close();
    }).timeout(60_000);
});
