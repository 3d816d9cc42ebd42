import assert from "node:assert/strict";
import { environmentSchema, formatPropertyPath, issuesOf } from "section-model";

describe("issue", () => {
    it("writes a path as a program would", () => {
        assert.equal(formatPropertyPath(["proxyChain", 1, "name"]), "proxyChain[1].name");
        assert.equal(formatPropertyPath(["config", "varnish/default.vcl"]), 'config["varnish/default.vcl"]');
        assert.equal(formatPropertyPath([]), "");
    });

    it("lists everything that is wrong at once, each with its property", () => {
        const result = environmentSchema.safeParse({
            application: "1/2",
            name: "Dev-x",
            origin: { address: "origin.example", httpPort: 81 },
            ipBlacklist: ["::1"],
            config: { "../x": "y" },
            colour: "red",
        });
        assert.ok(result.error);
        const issues = issuesOf(result.error);
        assert.deepEqual(
            issues.map(({ property }) => property).sort(),
            ['config["../x"]', "colour", "ipBlacklist[0]", "name", "origin.httpPort"].sort(),
        );
        for (const { reason } of issues) assert.doesNotMatch(reason, /^Invalid/);
    });
});
