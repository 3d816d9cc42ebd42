import assert from "node:assert/strict";
import { changesSomething, completesChange, verbOf } from "../../../cli/engine/operation";

describe("an operation of the engine", () => {
    const all: [op: string, verb: string | undefined, isChange: boolean][] = [
        ["same", undefined, false],
        ["create", "create", true],
        ["update", "update", true],
        ["delete", "delete", true],
        ["replace", "replace", true],
        ["create-replacement", "replace", true],
        ["delete-replaced", "replace", true],
        ["read", undefined, false],
        ["read-replacement", undefined, false],
        ["refresh", undefined, false],
        ["read-discard", undefined, false],
        ["discard-replaced", undefined, false],
        ["remove-pending-replace", undefined, false],
        ["import", "import", true],
        ["import-replacement", "replace", true],
    ];

    it("says what becomes of a resource, or that nothing does", () => {
        for (const [op, verb, isChange] of all)
            assert.deepEqual([verbOf(op), changesSomething(op)], [verb, isChange], op);
    });

    it("that is not known yet is taken for a change: nobody is told that nothing happens", () => {
        assert.ok(changesSomething("transmogrify"));
    });

    it("completes a change, but for the half of a replacement that deletes", () => {
        const halves = all.filter(([op, , isChange]) => isChange && !completesChange(op)).map(([op]) => op);
        assert.deepEqual(halves, ["delete-replaced"]);
        assert.ok(!completesChange("same"));
    });
});
