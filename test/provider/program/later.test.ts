import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { isLater } from "../../../provider/program/later";

describe("a value that is known later", () => {
    it("is an output or a promise", () => {
        assert.ok(isLater(pulumi.output("x")) && isLater(Promise.resolve("x")));
        assert.ok(![undefined, "x", { x: "x" }, ["x"]].some((value) => isLater<unknown>(value)));
    });
});
