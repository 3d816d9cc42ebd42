import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { describeContent } from "../../../provider/program/declared-content";
import { declareResource } from "../../../provider/program/program";

describe("what check cannot see in declared content", () => {
    it("the files that the program marks as a secret", async () => {
        const config = { a: pulumi.secret("x"), b: pulumi.output("y"), c: "z" };
        assert.deepEqual(await describeContent("environment", { config }).secretFiles, ["a"]);
        assert.equal(await describeContent("environment", { config: pulumi.secret({ a: "x" }) }).secretFiles, true);
        assert.equal(await describeContent("environment", { config: { b: config.b } }).secretFiles, undefined);
        assert.deepEqual(describeContent("environment", { config: { c: "z" } }), {}, "nothing to wait for");
        assert.deepEqual(describeContent("environment", {}), {});
        assert.deepEqual(describeContent("domain", { config }), {});
    });

    it("the stack of the site, where the same program declares it", () => {
        const config = { c: "z" };
        const declare = (args: Record<string, unknown>, isLookup = false) => {
            const resource = { id: pulumi.output("1/2") } as unknown as pulumi.CustomResource;
            declareResource({ kind: "application", resource, args, isLookup, isRetained: false });
            return describeContent("environment", { config, application: resource.id }).siteStack;
        };
        assert.equal(declare({ stack: "openresty" }), "openresty");
        assert.equal(declare({}), "", "the usual one");
        assert.equal(declare({ stack: pulumi.output("openresty") }), undefined);
        assert.equal(declare({}, true), undefined);
        assert.equal(describeContent("environment", { config, application: "1/2" }).siteStack, undefined);
    });
});
