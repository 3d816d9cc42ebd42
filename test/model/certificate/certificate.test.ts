import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { coversHostname, describeCertificate } from "../../../model/certificate/certificate";
import { issueCertificate, issueChain } from "../../support/certificates";

describe("a certificate", () => {
    it("tells its names, issuer, dates and the pin of its key", async () => {
        const from = new Date("2026-01-02T03:04:05Z");
        const until = new Date("2026-04-02T03:04:05Z");
        const { site } = await issueChain(["www.acme.example", "*.acme.example"], {
            from,
            until,
            name: "CN=Acme Site, O=Acme",
        });
        const { publicKeyPin, ...rest } = describeCertificate(site.certificate);
        assert.deepEqual(rest, {
            commonName: "Acme Site",
            alternateNames: ["www.acme.example", "*.acme.example"],
            issuer: "Test CA 1",
            validFrom: from,
            expires: until,
        });
        const openssl = (input: string | Buffer, ...args: string[]) => execFileSync("openssl", args, { input });
        const der = openssl(
            openssl(site.certificate, "x509", "-pubkey", "-noout"),
            "pkey",
            "-pubin",
            "-outform",
            "der",
        );
        assert.equal(
            publicKeyPin,
            openssl(der, "dgst", "-sha256", "-binary").toString("base64"),
            "as openssl computes it",
        );
    });

    it("without a common name at its issuer is called by the organization", async () => {
        assert.equal(
            describeCertificate((await issueCertificate({ name: "O=Acme Trust" })).certificate).issuer,
            "Acme Trust",
        );
        assert.equal(describeCertificate((await issueCertificate({ name: "C=DE" })).certificate).issuer, "C=DE");
    });

    it("cannot be made to list a name that it does not have", async () => {
        const { certificate } = await issueCertificate({ names: ["evil.example, DNS:www.acme.example"] });
        assert.equal(coversHostname(describeCertificate(certificate).alternateNames, "www.acme.example"), false);
    });

    it("covers hostnames by labels", () => {
        const covered: [string, string][] = [
            ["www.acme.example", "www.acme.example"],
            ["*.acme.example", "www.acme.example"],
            ["*.acme.co.uk", "www.acme.co.uk"],
        ];
        for (const [name, hostname] of covered)
            assert.ok(coversHostname(["other.example", name], hostname), `${name} ${hostname}`);
        const not: [string, string][] = [
            ["acme.example", "www.acme.example"],
            ["*.acme.example", "acme.example"],
            ["*.acme.example", "a.b.acme.example"],
            ["*.acme.example", "www.evilacme.example"],
            ["*.co.uk", "acme.co.uk"],
            ["*.example", "acme.example"],
            ["*", "example"],
            ["w*.acme.example", "www.acme.example"],
            ["www.*.example", "www.acme.example"],
        ];
        for (const [name, hostname] of not) assert.ok(!coversHostname([name], hostname), `${name} ${hostname}`);
    });

    it("covers exactly itself where it has no wildcard", () => {
        const hostname = fc
            .array(fc.constantFrom("a", "b", "www"), { minLength: 2, maxLength: 4 })
            .map((labels) => labels.join("."));
        fc.assert(fc.property(hostname, hostname, (name, asked) => coversHostname([name], asked) === (name === asked)));
    });
});
