import assert from "node:assert/strict";
import { sql } from "kysely";
import { isProblem } from "section-model";
import { deleteAccountRow } from "../../../platform/store/accounts";
import { isReferred, isTaken, translateDatabaseFailure } from "../../../platform/store/database-failure";
import { openStore } from "../../../platform/store/store";
import { ensureUser } from "../../../platform/store/users";
import { findPostgres, startCluster } from "../../support/postgres";
import { onEveryStore } from "../../support/stores";
import { makeApplication } from "./rows";

const failureOf = (work: Promise<unknown>) =>
    work.then(
        () => assert.fail("it worked"),
        (error) => error,
    );

onEveryStore("database failures", (store) => {
    it("that are rules are recognised by the rule's name", async () => {
        const { account, user } = await makeApplication(store());
        assert.ok(isReferred(await failureOf(deleteAccountRow(store().database, account.id))));
        const taken = await failureOf(
            sql`insert into users (email, email_key) values ('x', ${user.email_key})`.execute(store().database),
        );
        assert.ok(isTaken(taken, "users_email") && !isTaken(taken, "other"));
    });

    it("that come from odd input are problems of the caller", async () => {
        const nul = await failureOf(ensureUser(store().database, { email: "a\u0000b", email_key: "a\u0000b" }));
        assert.ok(isProblem(nul) && nul.code === "invalid-input", String(nul));
        const range = await failureOf(sql`select ${"99999999999"}::bigint::integer`.execute(store().database));
        assert.ok(isProblem(range) && range.code === "invalid-input", String(range));
    });
});

describe("a database that does not answer", () => {
    for (const code of ["08006", "57P01", "53300", "ECONNREFUSED"]) {
        it(`${code} asks to try again`, () => {
            const problem = translateDatabaseFailure(Object.assign(new Error("x"), { code }));
            assert.ok(isProblem(problem) && problem.status === 503 && problem.retryAfterSeconds === 5);
        });
    }

    it("anything else stays what it is", () => {
        const error = new Error("x");
        assert.equal(translateDatabaseFailure(error), error);
    });

    it("says no number when the way to it breaks, and is recognised all the same", async function () {
        this.timeout(60_000);
        if (findPostgres() === undefined) return this.skip();
        const cluster = await startCluster();
        const store = await openStore({ dataDir: "/nonexistent", databaseUrl: await cluster.createDatabase() });
        const reached = store.transact(async (transaction) => {
            await Promise.all([sql`select pg_sleep(30)`.execute(transaction), cluster.stop()]);
        });
        for (const reach of [() => reached, () => sql`select 1`.execute(store.database)]) {
            const problem = await failureOf(reach());
            assert.ok(isProblem(problem) && problem.code === "overloaded", String(problem));
        }
        await store.close();
    });
});
