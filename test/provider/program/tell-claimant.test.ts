import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { noteHostname } from "../../../provider/program/hostname-list";
import { tellClaimant } from "../../../provider/program/tell-claimant";
import { claimantProperty, readClaimant } from "../../../provider/run/claimant";
import { asProgram } from "../../support/program";

describe("what a program tells check about a declaration", () => {
    const declaration = { kind: "environment" as const, name: "staging", place: "(Acme)/www.acme.example/Staging" };

    it("is one text, with the hostnames that are declared after it and the paths that are secrets", () =>
        asProgram(async () => {
            const config = { "a.vcl": "# open", "key.pem": pulumi.secret("hush") };
            const text = tellClaimant({ ...declaration, adopt: true, args: { application: "1/2", config } });
            noteHostname("later.acme.example", "Domain");
            const claimant = readClaimant({ [claimantProperty]: await text });
            assert.deepEqual(claimant, {
                project: pulumi.getProject(),
                stack: pulumi.getStack(),
                isPreview: pulumi.runtime.isDryRun(),
                resource: "staging",
                place: "(Acme)/www.acme.example/Staging",
                adopt: true,
                hostnames: "later.acme.example",
                secretFiles: ["key.pem"],
            });
            assert.doesNotMatch(await text, /hush|open/, "no content");
        }));

    it("says of adopt only that it is true, and is nothing for a declaration of no class", async () => {
        const text = await tellClaimant({ ...declaration, adopt: false, args: {} });
        assert.ok(!Object.hasOwn(readClaimant({ [claimantProperty]: text }) ?? {}, "adopt"));
        assert.equal(readClaimant({ name: "Staging" }), undefined);
    });
});
