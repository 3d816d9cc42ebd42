import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { signatureProblem } from "../../../model/certificate/signature";
import { issueCertificate, type Wish } from "../../support/certificates";

const problemOf = async (wish: Wish) =>
    signatureProblem(
        new X509Certificate((await issueCertificate({ names: ["www.acme.example"], ...wish })).certificate).raw,
    );

describe("the algorithm of a signature", () => {
    it("is accepted with every SHA-2", async () => {
        for (const hash of ["SHA-256", "SHA-384", "SHA-512"])
            for (const kind of ["rsa", "ec"] as const)
                assert.equal(await problemOf({ kind, hash }), undefined, `${kind} ${hash}`);
    });

    it("is refused with SHA-1, and where browsers do not know it", async () => {
        for (const kind of ["rsa", "ec"] as const)
            assert.equal(
                await problemOf({ kind, hash: "SHA-1" }),
                "is signed with SHA-1, which browsers do not accept",
            );
        assert.equal(
            await problemOf({ kind: "ed25519" }),
            "is signed with an unusual algorithm, which browsers do not accept",
        );
    });
});
