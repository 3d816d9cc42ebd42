import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { listSecretFiles } from "../../../provider/program/secret-files";

const known = (files: pulumi.Input<string[]> | undefined) =>
    (pulumi.output(files) as unknown as { promise(): Promise<string[] | undefined> }).promise();

describe("the files that the program marks as secret", () => {
    it("are those with a secret text, or all of a secret set", async () => {
        const config = { "a.vcl": "a", "b.vcl": pulumi.secret("b"), "c.vcl": pulumi.output("c") };
        assert.deepEqual(await known(listSecretFiles(config)), ["b.vcl"]);
        assert.deepEqual(await known(listSecretFiles(pulumi.secret({ "a.vcl": "a", "b.vcl": "b" }))), [
            "a.vcl",
            "b.vcl",
        ]);
        assert.deepEqual(await known(listSecretFiles(pulumi.output(config))), ["a.vcl", "b.vcl", "c.vcl"]);
        assert.deepEqual(await known(listSecretFiles(pulumi.output({ "a.vcl": "a" }))), []);
    });

    it("are named in clear", async () => {
        const files = listSecretFiles(pulumi.secret({ "a.vcl": "a" })) as pulumi.Output<string[]>;
        assert.equal(await pulumi.isSecret(files), false);
    });

    it("are none where nothing is known later", () => {
        for (const config of [undefined, null, {}, { "a.vcl": "a", "b.png": { base64: "aa" } }])
            assert.equal(listSecretFiles(config), undefined);
    });
});
