import assert from "node:assert/strict";
import { PGlite } from "@electric-sql/pglite";
import { Problem } from "section-model";
import { describeFailure } from "../../platform/log-failure";

describe("what a log shows of a failure", () => {
    it("is what happened and why, down to the first cause", () => {
        const first = Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:5432"), { code: "ECONNREFUSED" });
        const shown = describeFailure(new Problem("overloaded", "the database does not answer", { cause: first }));
        assert.deepEqual(
            [shown.type, shown.code, shown.cause?.message, shown.cause?.code],
            ["Problem", "overloaded", first.message, "ECONNREFUSED"],
        );
        assert.match(shown.stack ?? "", /log-failure\.test\.ts/);
        assert.deepEqual(describeFailure("nonsense"), { type: "string", message: "nonsense" });
    });

    it("ends, however the causes hang together", () => {
        const error = new Error("round");
        error.cause = error;
        assert.ok(JSON.stringify(describeFailure(error)).length < 10_000);
    });

    it("has no value of a failed statement", async function () {
        this.timeout(60_000);
        const database = await PGlite.create();
        await database.query("create table things (name text unique)");
        const insert = () => database.query("insert into things values ($1)", ["the-secret"]);
        await insert();
        const error = await insert().then(
            () => assert.fail("it has to fail"),
            (reason: Error) => reason,
        );
        assert.match(JSON.stringify({ ...error }), /the-secret/, "the database's own error has it");
        assert.doesNotMatch(JSON.stringify(describeFailure(error)), /the-secret/);
        await database.close();
    });
});
