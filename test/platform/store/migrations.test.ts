import assert from "node:assert/strict";
import { Kysely, sql } from "kysely";
import { findClaimable, updateClaims } from "../../../platform/store/claims";
import { readIdentity } from "../../../platform/store/identity";
import { migrations } from "../../../platform/store/migrations";
import { openPglite } from "../../../platform/store/pglite";
import { migrate } from "../../../platform/store/schema";
import { openStore } from "../../../platform/store/store";
import { makeClaim } from "../../support/claims";
import { withFolder } from "../../support/platform";
import { requireSome } from "../../support/require-some";
import { freshDatabase, storeKinds } from "../../support/stores";

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

describe("the step to claims", function () {
    this.timeout(120_000);

    it("leaves everything with nobody, and gives the database its identity at the first start", async () => {
        for (const kind of requireSome(storeKinds))
            await withFolder(async (folder) => {
                const where = {
                    dataDir: folder,
                    databaseUrl: kind === "PostgreSQL" ? await freshDatabase() : undefined,
                };
                const before = await openStore({ ...where, isRaw: true });
                await migrate(before.database, "0008-changes");
                for (const statement of [
                    "insert into users (email, email_key) values ('a@b.example', 'a@b.example')",
                    "insert into accounts (name, owner_id) values ('Acme', 1)",
                    "insert into memberships (account_id, user_id, capability) values (1, 1, 'admin')",
                    "insert into applications (account_id, name, state) values (1, 'a.example', 'ready')",
                    "insert into environments (account_id, application_id, name, state) values (1, 1, 'Production', 'ready')",
                    "insert into domains (hostname, account_id, application_id, environment_id) values ('a.example', 1, 1, 1)",
                ])
                    await sql.raw(statement).execute(before.database);
                await before.close();
                const { database, close } = await openStore(where);
                try {
                    const names = [
                        {},
                        { email: "a@b.example" },
                        { application_id: 1 },
                        { application_id: 1, environment_name: "Production" },
                        { hostname: "a.example" },
                    ];
                    const things = await findClaimable(database, 1, names);
                    assert.deepEqual(
                        things.map(({ claim }) => claim),
                        Array(5).fill(null),
                    );
                    const claim = { ...makeClaim("first"), claimed_at: "2026-01-02T03:04:05.000Z" };
                    const changes = things.map((thing) => ({ thing, expected: null, claim }));
                    assert.equal((await updateClaims(database, 1, changes)).length, 5);
                    assert.match(await readIdentity(database), /^.{16}$/);
                } finally {
                    await close();
                }
            });
    });
});
