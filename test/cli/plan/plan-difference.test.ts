import assert from "node:assert/strict";
import type { PlannedStep } from "../../../cli/plan/plan";
import { type Comparable, findPlanDifferences } from "../../../cli/plan/plan-difference";
import { describeBothWays } from "../../support/both-ways";
import { urnOf } from "../../support/preview";

const jane: PlannedStep = {
    op: "update",
    urn: urnOf("membership", "jane"),
    kind: "membership",
    changes: { role: { from: "readonly", to: "admin" } },
    secrets: { pin: "aa" },
    state: "00",
};
const plan: Comparable = {
    endpoint: "https://one.example",
    stack: "agency/production",
    versions: { pulumi: "v1" },
    steps: [jane],
    others: [],
};
const differences = (change: Partial<Comparable>) => findPlanDifferences(plan, { ...plan, ...change });
const withJane = (change: Partial<PlannedStep>) => differences({ steps: [{ ...jane, ...change }] });

describeBothWays("what differs between a plan and now", () => {
    it("is nothing where nothing moved, whatever the platform's part says", () => {
        assert.deepEqual(differences({}), []);
        assert.deepEqual(withJane({ platform: { exists: true, role: "admin" } }), []);
    });

    it("is named: place, version, step, property, secret, state, steps of others", () => {
        assert.deepEqual(
            [
                ...differences({ endpoint: "https://two.example" }),
                ...differences({ stack: "agency/test" }),
                ...differences({ versions: { pulumi: "v2" } }),
                ...differences({ steps: [] }),
                ...findPlanDifferences({ ...plan, steps: [] }, plan),
                ...withJane({ op: "replace" }),
                ...withJane({ changes: { role: { from: "readonly" }, until: { to: "2027-01-01" } } }),
                ...withJane({ secrets: { pin: "bb" } }),
                ...withJane({ state: "01" }),
                ...differences({ others: [{ urn: "urn:pulumi:a::b::random:Id::pet", op: "create" }] }),
                ...findPlanDifferences(
                    { ...plan, others: [{ urn: "urn:pulumi:a::b::random:Id::pet", op: "create" }] },
                    plan,
                ),
            ],
            [
                "endpoint: the plan is for https://one.example, this is https://two.example",
                "stack: the plan is for agency/production, this is agency/test",
                "pulumi: planned by v1, this is v2",
                "Membership jane: update was reviewed, and there is nothing to do any more",
                "Membership jane: update was not reviewed",
                "Membership jane: update was reviewed, and it is replace now",
                "Membership jane: role was reviewed as readonly -> admin, and is readonly -> nothing now",
                "Membership jane: until was reviewed as no change, and is nothing -> 2027-01-01 now",
                "Membership jane: the secret pin is another one",
                "Membership jane: its state in the stack changed: an up, refresh or import ran in between",
                "pet: create was not reviewed",
                "pet: create was reviewed, and there is no such step any more",
            ],
        );
    });
});
