import assert from "node:assert/strict";
import { environmentSchema, explainUnknownProperty } from "section-model";
import type { AnyNoun } from "../../../provider/nouns/noun";
import { nouns } from "../../../provider/nouns/nouns";
import { parseInputs } from "../../../provider/protocol/check";
import { namesAt } from "../../../provider/protocol/unknown-property";

/** The issue of a declaration with one property that is none. */
function issueOf(kind: string, inputs: Record<string, unknown>, property: string): string | undefined {
    const noun = (nouns as unknown as Record<string, AnyNoun>)[kind] as AnyNoun;
    return parseInputs(noun, inputs).issues.find((issue) => issue.property === property)?.reason;
}

const meant = (name: string) => `is not a known property; did you mean ${name}?`;

describe("a property that is none", () => {
    it("of every resource names the one that was probably meant", () => {
        const cases: [kind: string, wrong: string, right: string][] = [
            ["organization", "nam", "name"],
            ["organization", "first_site", "firstSite"],
            ["membership", "e_mail", "email"],
            ["membership", "untill", "until"],
            ["application", "orgin", "origin"],
            ["application", "hostName", "hostname"],
            ["environment", "proxychain", "proxyChain"],
            ["environment", "ip_blacklist", "ipBlacklist"],
            ["environment", "configs", "config"],
            ["domain", "certficate", "certificate"],
            ["domain", "waitForlive", "waitForLive"],
            ["team", "member", "members"],
            ["team", "adpot", "adopt"],
        ];
        for (const [kind, wrong, right] of cases) assert.equal(issueOf(kind, { [wrong]: "x" }, wrong), meant(right));
        assert.deepEqual([...new Set(cases.map(([kind]) => kind))].sort(), Object.keys(nouns).sort());
    });

    it("of every object in a resource does so, too", () => {
        const origin = { address: "192.0.2.1" };
        const cases: [kind: string, inputs: Record<string, unknown>, property: string, right: string][] = [
            ["organization", { firstSite: { hostnam: "x" } }, "firstSite.hostnam", "hostname"],
            ["environment", { origin: { ...origin, https_port: 443 } }, "origin.https_port", "httpsPort"],
            ["environment", { origins: { a: { ...origin, adress: "x" } } }, "origins.a.adress", "address"],
            ["environment", { proxyChain: [{ name: "a", imgae: "x" }] }, "proxyChain[0].imgae", "image"],
            ["environment", { config: { "a.png": { base46: "x" } } }, 'config["a.png"].base46', "base64"],
            ["domain", { waitForLive: { timeout: 5 } }, "waitForLive.timeout", "timeoutSeconds"],
            [
                "domain",
                { certificate: { publicCertificate: "x", privateKey: "y" } },
                "certificate.publicCertificate",
                "publicCertificates",
            ],
            [
                "team",
                { members: { "a@b.example": { role: "admin", untill: "x" } } },
                'members["a@b.example"].untill',
                "until",
            ],
        ];
        for (const [kind, inputs, property, right] of cases)
            assert.equal(issueOf(kind, inputs, property), meant(right), property);
    });

    it("near to none gets the list, and an option of every resource its place", () => {
        assert.equal(
            issueOf("membership", { colour: "blue" }, "colour"),
            "is not a known property; the known ones are organization, email, role, until, adopt",
        );
        assert.equal(
            issueOf("membership", { protect: true }, "protect"),
            "is an option and no property: write it in the resource's third argument",
        );
        assert.equal(explainUnknownProperty("HTTP_PORT", ["address", "httpPort"]), meant("httpPort"));
    });

    it("finds the known names at any place of a schema", () => {
        assert.deepEqual(namesAt(environmentSchema, ["proxyChain", 3]), ["name", "image"]);
        assert.deepEqual(namesAt(environmentSchema, ["config", "a"]), ["base64", "bytes", "blob"]);
        assert.deepEqual(namesAt(environmentSchema, ["name", "x"]), []);
        assert.deepEqual(namesAt(environmentSchema, ["nothing"]), []);
    });
});
