import assert from "node:assert/strict";
import { Problem } from "section-model";
import { Damage, damageProblem, tellsDamage } from "../../platform/damage";
import { problemToWire } from "../../platform/http/problem-to-wire";

describe("damage", () => {
    it("is told with its place to those who run the platform, and without it to clients", () => {
        const problem = damageProblem("/data/x.git/HEAD is damaged: it is empty", new Damage("it is empty"));
        assert.ok(tellsDamage(problem));
        assert.match(problem.message, /HEAD is damaged.*section-platform check/);
        const { status, body } = problemToWire(problem, true);
        assert.deepEqual([status, body.code], [500, "internal"]);
        assert.match(body.message, /a file of this platform is damaged.*those who run the platform/);
        assert.doesNotMatch(body.message, /data/);
        assert.ok(!tellsDamage(new Problem("internal", "x")) && !tellsDamage(new Error("x")));
    });
});
