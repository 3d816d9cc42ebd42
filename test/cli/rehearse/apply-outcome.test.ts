import assert from "node:assert/strict";
import { readEvents } from "../../../cli/rehearse/apply-outcome";
import type { ResourceKind } from "../../../provider/run/resource-kind";
import { describeBothWays, typeNow } from "../../support/both-ways";

const urn = (name: string, type = typeNow("environment")) => `urn:pulumi:test::story::${type}::${name}`;

function metadata(op: string, name: string, kind: ResourceKind = "environment", more: object = {}) {
    const recorded = (id: string) => ({ id, custom: true, inputs: {} });
    return {
        op,
        urn: urn(name, typeNow(kind)),
        old: op.startsWith("create") ? null : recorded("1/1/Old"),
        new: op.startsWith("delete") ? null : recorded("1/1/New"),
        ...more,
    };
}

const lines = (...events: object[]) =>
    ["Updating (test):", ...events.map((event) => JSON.stringify(event)), '{"cut'].join("\n");
const begin = (...args: Parameters<typeof metadata>) => ({ resourcePreEvent: { metadata: metadata(...args) } });
const end = (...args: Parameters<typeof metadata>) => ({ resOutputsEvent: { metadata: metadata(...args) } });

describeBothWays("the engine's events of an update", () => {
    it("become what was created, updated, replaced in three steps, and deleted; what stays is counted", () => {
        const { steps, same, errors } = readEvents(
            lines(
                begin("same", "kept"),
                end("same", "kept"),
                begin("same", "guard", "guard"),
                begin("create", "new", "application"),
                end("create", "new", "application"),
                begin("update", "changed", "environment", { diffs: ["config", "__provider"] }),
                end("update", "changed"),
                begin("create-replacement", "moved", "domain", { diffs: ["environment"] }),
                end("create-replacement", "moved", "domain"),
                begin("replace", "moved", "domain"),
                end("replace", "moved", "domain"),
                begin("delete-replaced", "moved", "domain"),
                end("delete-replaced", "moved", "domain"),
                begin("delete", "gone", "membership"),
                end("delete", "gone", "membership"),
                {
                    resourcePreEvent: {
                        metadata: { op: "create", urn: urn("foreign", "aws:s3:Bucket"), new: { inputs: {} } },
                    },
                },
            ),
        );
        assert.deepEqual(
            steps.map(({ deed, op, name, kind, id, changed }) => [deed, op, name, kind, id, changed]),
            [
                ["created", "create", "new", "application", "1/1/New", []],
                ["updated", "update", "changed", "environment", "1/1/New", ["config"]],
                ["replaced", "replace", "moved", "domain", "1/1/New", ["environment"]],
                ["deleted", "delete", "gone", "membership", "1/1/Old", []],
            ],
        );
        assert.deepEqual([same, errors], [1, []]);
    });

    it("tell what failed and why, what was not reached, and what the program itself said", () => {
        const { steps, errors } = readEvents(
            lines(
                begin("create", "bad"),
                { diagnosticEvent: { urn: urn("bad"), severity: "error", message: "it fails\n" } },
                { diagnosticEvent: { urn: urn("bad"), severity: "warning", message: "take care" } },
                { resOpFailedEvent: { metadata: metadata("create", "bad") } },
                begin("update", "waiting"),
                { diagnosticEvent: { severity: "error", message: "update failed\n" } },
                { diagnosticEvent: { urn: urn("unknown"), severity: "error", message: "no such thing" } },
            ),
        );
        assert.deepEqual(
            steps.map(({ deed, failure }) => [deed, failure]),
            [
                ["failed", "it fails"],
                ["not reached", undefined],
            ],
        );
        assert.deepEqual(errors, ["update failed", "no such thing"]);
    });
});
