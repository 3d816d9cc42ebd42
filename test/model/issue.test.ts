import assert from "node:assert/strict";
import { domainSchema, environmentSchema, formatPropertyPath, issuesOf, valueAt } from "section-model";

describe("issue", () => {
    it("writes a path as a program would", () => {
        assert.equal(formatPropertyPath(["proxyChain", 1, "name"]), "proxyChain[1].name");
        assert.equal(formatPropertyPath(["config", "varnish/default.vcl"]), 'config["varnish/default.vcl"]');
        assert.equal(formatPropertyPath([]), "");
    });

    it("finds the value at a path, and none below what is missing or a text", () => {
        const root = { sites: [{ hostname: "www.acme.example", origin: null }] };
        assert.equal(valueAt(root, ["sites", 0, "hostname"]), "www.acme.example");
        assert.equal(valueAt(root, []), root);
        for (const path of [
            ["sites", 1, "hostname"],
            ["sites", 0, "origin", "address"],
            ["sites", 0, "hostname", "x"],
        ])
            assert.equal(valueAt(root, path), undefined);
    });

    it("names the unknown key of an object that has several forms, and not the forms", () => {
        const certificate = { publicCertificate: "x", privateKey: "y" };
        const { error } = domainSchema.safeParse({
            environment: "1/2/Production",
            hostname: "www.acme.example",
            certificate,
        });
        assert.deepEqual(issuesOf(error!), [
            {
                property: "certificate.publicCertificate",
                reason: "is not a known property; remove it or correct its spelling",
            },
        ]);
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
