import assert from "node:assert/strict";
import { unknownValue } from "pulumi-section/internal";
import { describeClaimant } from "../../plugin/claimant";
import { markSecret } from "../../plugin/wire/marks";

const urn = "urn:pulumi:prod::agency::section:index:Environment::staging";
const secretFilesOf = (olds: object, news: object) =>
    describeClaimant(urn, { ...olds }, { ...news }, undefined, false).secretFiles;

describe("who makes a declaration", () => {
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
