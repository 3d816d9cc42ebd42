import assert from "node:assert/strict";
import { Kysely, sql } from "kysely";
import { migrations } from "../../../platform/store/migrations";
import { openPglite } from "../../../platform/store/pglite";
import { withFolder } from "../../support/platform";

describe("the step to split applications", () => {
    it("carries over effects that an older platform left", () =>
        withFolder(async (folder) => {
            const database = new Kysely<Record<string, never>>({ dialect: await openPglite(`${folder}/database`) });
            try {
                await migrations["0001-initial"]?.up(database);
                const old = { accountId: 1, applicationId: 7, environmentId: 9, name: "Staging" };
                for (const kind of ["create-environment", "delete-application"])
                    await sql`insert into outbox (kind, payload, claimed_until) values (${kind}, ${JSON.stringify(old)}, now())`.execute(
                        database,
                    );
                await migrations["0004-applications"]?.up(database);
                const { rows } = await sql<{ payload: object }>`select payload from outbox order by id`.execute(
                    database,
                );
                assert.deepEqual(rows, [
                    { payload: { ...old, places: [{ applicationId: 7, environmentId: 9 }] } },
                    { payload: old },
                ]);
            } finally {
                await database.destroy();
            }
        }));
});
