import assert from "node:assert/strict";
import { Kysely, sql } from "kysely";
import { openPglite } from "../../../platform/store/pglite";
import { withFolder } from "../../support/platform";

describe("PGlite behind kysely", () => {
    it("is one connection that waits its turn, with numbers and bytes as PostgreSQL's driver gives them", () =>
        withFolder(async (folder) => {
            const database = new Kysely<Record<string, never>>({ dialect: await openPglite(`${folder}/database`) });
            const order: number[] = [];
            const slow = database.transaction().execute(async (transaction) => {
                await sql`select 1`.execute(transaction);
                await new Promise((resolve) => setTimeout(resolve, 30));
                order.push(1);
            });
            await Promise.all([slow, sql`select 2`.execute(database).then(() => order.push(2))]);
            assert.deepEqual(order, [1, 2]);
            const { rows } = await sql<{
                n: unknown;
                b: Buffer;
            }>`select 9007199254740991::bigint as n, '\\x00ff'::bytea as b`.execute(database);
            assert.equal(rows[0]?.n, 9_007_199_254_740_991);
            assert.ok(Buffer.from([0, 255]).equals(rows[0]?.b as Buffer));
            await database.destroy();
        })).timeout(60_000);
});
