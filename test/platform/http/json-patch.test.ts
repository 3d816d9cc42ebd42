import assert from "node:assert/strict";
import { jsonPatchSchema } from "../../../platform/http/json-patch";

describe("the body of a PATCH", () => {
    it("is a list of operations, each with what it needs", () => {
        const patch = [
            { op: "add", path: "/a", value: null },
            { op: "move", path: "/b", from: "/a" },
            { op: "remove", path: "/b" },
        ];
        assert.deepEqual(jsonPatchSchema.parse(patch), patch);
        assert.deepEqual(jsonPatchSchema.parse([{ op: "remove", path: "", unknown: 1 }]), [{ op: "remove", path: "" }]);
        for (const wrong of [
            {},
            [1],
            [null],
            [{}],
            [{ op: "ADD", path: "/a", value: 1 }],
            [{ op: "add", path: 1, value: 1 }],
            [{ op: "test", path: "/a" }],
        ])
            assert.equal(jsonPatchSchema.safeParse(wrong).success, false, JSON.stringify(wrong));
    });

    it("has an end", () => {
        const many = (count: number) => Array.from({ length: count }, () => ({ op: "remove", path: "/a" }));
        assert.equal(jsonPatchSchema.safeParse(many(10_000)).success, true);
        assert.equal(jsonPatchSchema.safeParse(many(10_001)).success, false);
        assert.equal(jsonPatchSchema.safeParse([{ op: "remove", path: "/".repeat(2001) }]).success, false);
    });
});
