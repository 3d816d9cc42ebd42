import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { hasUnknown, unknownValue } from "../../../provider/run/unknown";

describe("unknown values", () => {
    it("are the engine's own sign, at any depth", () => {
        assert.equal(unknownValue, (pulumi.runtime as unknown as { unknownValue: string }).unknownValue);
        assert.ok(hasUnknown(unknownValue) && hasUnknown([{ a: [unknownValue] }]));
        assert.ok(!hasUnknown({ a: "x", b: null, c: [1] }) && !hasUnknown(undefined));
    });
});
