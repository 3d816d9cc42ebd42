import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { aliasOfOtherWay, currentWay } from "../../../provider/program/way";

describe("the way of a program", () => {
    const before = pulumi.runtime.allConfig();
    afterEach(() => pulumi.runtime.setAllConfig(before));

    it("is that of the stack config section:plugin", () => {
        assert.equal(currentWay(), "dynamic");
        pulumi.runtime.setConfig("section:plugin", "true");
        assert.equal(currentWay(), "plugin");
        pulumi.runtime.setConfig("section:plugin", "false");
        assert.equal(currentWay(), "dynamic");
        pulumi.runtime.setConfig("section:plugin", "yes");
        assert.throws(currentWay, /section:plugin is "yes"\. Write true, .* or false\./);
    });

    it("knows a resource of the other one by its type", () => {
        assert.deepEqual(aliasOfOtherWay("domain", "dynamic"), { type: "section:index:Domain" });
        assert.deepEqual(aliasOfOtherWay("domain", "plugin"), { type: "pulumi-nodejs:dynamic/section:Domain" });
    });
});
