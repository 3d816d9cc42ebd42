import assert from "node:assert/strict";
import { isEdited, readChange, withNeeds } from "../../../cli/waves/pending-change";
import { unknownValue } from "../../../provider/run/unknown";
import { describeBothWays } from "../../support/both-ways";
import { previewText, urnOf } from "../../support/preview";
import { changeOf, environmentUrn } from "../../support/waves";

function fingerprint(inputs: Record<string, unknown>, op = "update") {
    const { pending } = readChange(
        previewText([
            { op, kind: "environment", name: "a", id: "1/2/A", olds: {}, ...(op !== "delete" && { news: inputs }) },
        ]),
    );
    const step = pending.get(urnOf("environment", "a"));
    assert.ok(step);
    return step.fingerprint;
}

describeBothWays("a change that is applied piece by piece", () => {
    it("is what the engine would do, without what stays", () => {
        const change = changeOf([{ name: "a" }, { name: "b", op: "same" }]);
        assert.equal(change.stack, "production");
        assert.deepEqual([...change.pending.keys()], [environmentUrn("a")]);
    });

    it("is another one when a property is, in whatever order its keys come", () => {
        const before = fingerprint({ name: "A", config: { a: "1", b: "2" } });
        assert.equal(isEdited(before, fingerprint({ config: { b: "2", a: "1" }, name: "A" })), false);
        assert.equal(isEdited(before, fingerprint({ name: "A", config: { a: "1", b: "3" } })), true);
        assert.equal(isEdited(before, fingerprint({ name: "A", config: { a: "1", b: "2" }, ipBlacklist: [] })), true);
        assert.equal(isEdited(before, fingerprint({ name: "A" })), true);
        assert.equal(isEdited(before, fingerprint({}, "delete")), true);
        assert.equal(isEdited(undefined, before), true);
    });

    it("is the same when what was not known is known by now", () => {
        const before = fingerprint({ name: "A", promote: unknownValue });
        assert.equal(isEdited(before, fingerprint({ name: "A", promote: "c0ffee" })), false);
        assert.equal(isEdited(before, fingerprint({ name: "B", promote: "c0ffee" })), true);
    });

    it("brings along what a piece needs and what is pending too", () => {
        const state = (urn: string, more: object) => ({ op: "create", urn, newState: { inputs: {}, ...more } });
        const urn = (name: string) => `urn:pulumi:prod::agency::other:index:Thing::${name}`;
        const provider = "urn:pulumi:prod::agency::pulumi:providers:pulumi-nodejs::mine";
        const steps = [
            state(provider, {}),
            state(urn("parent"), {}),
            state(urn("needed"), { parent: urn("parent") }),
            state(urn("child"), { dependencies: [urn("needed"), urn("settled")], provider: `${provider}::7-8` }),
            { ...state(urn("settled"), {}), op: "same" },
            state(urn("apart"), {}),
        ];
        const change = readChange(JSON.stringify({ steps }));
        assert.deepEqual(
            withNeeds(change, [urn("child")]).sort(),
            [urn("child"), urn("needed"), urn("parent"), provider].sort(),
        );
    });
});
