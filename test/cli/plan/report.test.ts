import assert from "node:assert/strict";
import type { Plan } from "../../../cli/plan/plan";
import { sayPlannedSteps } from "../../../cli/plan/report";
import { urnOf } from "../../support/preview";

describe("the steps of a plan", () => {
    it("are a line each, with what changes and never what it changes to", () => {
        const plan = {
            steps: [
                {
                    op: "update",
                    urn: urnOf("environment", "acme::staging"),
                    kind: "environment",
                    id: "1/2/Staging",
                    changes: { "origin.address": { from: "192.0.2.1", to: "192.0.2.2" } },
                    secrets: { "config.a": "digest" },
                },
                { op: "create", urn: urnOf("application", "www\u001b[2J"), kind: "application", changes: {} },
            ],
            others: [{ urn: "urn:pulumi:dev::shop::random:index/randomId:RandomId::id", op: "create" }],
        } as unknown as Plan;
        assert.deepEqual(sayPlannedSteps(plan).split("\n"), [
            "  update environment acme::staging (1/2/Staging): config.a, origin.address",
            "  create application www^[[2J",
            "  create id",
        ]);
    });
});
