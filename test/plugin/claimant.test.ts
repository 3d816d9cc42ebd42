import assert from "node:assert/strict";
import { unknownValue } from "pulumi-section/internal";
import { describeClaimant } from "../../plugin/claimant";
import { markSecret } from "../../plugin/wire/marks";

const urn = "urn:pulumi:prod::agency::section:index:ClientSite$section:index:Environment::www::Staging";

const secretFilesOf = (olds: object, news: object) =>
    describeClaimant(urn, { ...olds }, { ...news }, undefined, false).secretFiles;

describe("who makes a declaration", () => {
    it("follows from the URN, and from the marks of secrets", () => {
        const news = { config: { "a.vcl": "x", "b.key": markSecret("y") } };
        assert.deepEqual(describeClaimant(urn, {}, news, undefined, false), {
            stack: "prod",
            project: "agency",
            resource: "www::Staging",
            secretFiles: ["b.key"],
        });
        assert.equal(describeClaimant(urn, {}, {}, undefined, true).adopt, true);
    });

    it("is what a class tells, which knows more", () => {
        const told = { stack: "prod", project: "agency", resource: "www", isPreview: true, place: "(Acme)/www" };
        assert.deepEqual(describeClaimant(urn, {}, {}, told, false), told);
    });

    it("tells the secret files, also those that go", () => {
        const secret = { "a.txt": markSecret("x"), "b.txt": "y" };
        assert.deepEqual(secretFilesOf({}, { config: secret }), ["a.txt"]);
        assert.deepEqual(secretFilesOf({ config: secret }, { config: { "b.txt": "y" } }), ["a.txt"]);
        assert.deepEqual(secretFilesOf({ config: markSecret({ "c.txt": "" }) }, { config: secret }), [
            "a.txt",
            "c.txt",
        ]);
        assert.equal(secretFilesOf({}, { config: markSecret(unknownValue) }), true);
        assert.equal(secretFilesOf({}, {}), undefined);
    });
});
