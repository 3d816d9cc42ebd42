import assert from "node:assert/strict";
import { Kysely, sql } from "kysely";
import { openPostgres } from "../../../platform/store/postgres";
import { freshStoreOptions, storeKinds } from "../../support/stores";

if (storeKinds.includes("PostgreSQL")) {
    describe("PostgreSQL behind kysely", () => {
        it("survives that the server ends an idle connection, and reads whole numbers", async () => {
            const { databaseUrl = "" } = await freshStoreOptions("PostgreSQL");
            const ended: Error[] = [];
            const database = new Kysely<Record<string, never>>({
                dialect: openPostgres(databaseUrl, (error) => ended.push(error)),
            });
            const other = new Kysely<Record<string, never>>({ dialect: openPostgres(databaseUrl, () => {}) });
            await sql`select 1`.execute(database);
            await sql`select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()`.execute(
                other,
            );
            await new Promise((resolve) => setTimeout(resolve, 100));
            assert.equal(ended.length, 1);
            assert.deepEqual((await sql`select 7::bigint as n`.execute(database)).rows, [{ n: 7 }]);
            await database.destroy();
            await other.destroy();
        }).timeout(60_000);
    });
}
