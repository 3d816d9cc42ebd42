import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createPrivateKey, createPublicKey } from "node:crypto";
import { makeCertificateRequest, makePrivateKey } from "../../../platform/acme/certificate-request";

/** What openssl says of a request: its text, and whether its signature is right. */
function inspect(der: Buffer): { text: string; verdict: string } {
    const { stdout, stderr } = spawnSync(
        "openssl",
        ["req", "-inform", "der", "-verify", "-noout", "-text", "-pubkey"],
        { input: der },
    );
    return { text: stdout.toString(), verdict: stderr.toString() };
}

describe("a certificate request", () => {
    it("is one to openssl, for hostnames of every length", () => {
        for (const hostname of [
            "a.b",
            "www.acme.example",
            `${"a".repeat(60)}.example`,
            `${`${"b".repeat(62)}.`.repeat(3)}${"c".repeat(50)}.example`,
        ]) {
            const key = createPrivateKey(makePrivateKey());
            const { text, verdict } = inspect(makeCertificateRequest(key, hostname));
            assert.match(verdict, /verify OK/);
            assert.match(text, /Signature Algorithm: ecdsa-with-SHA256/);
            assert.match(
                text,
                new RegExp(`Subject Alternative Name: \\n\\s+DNS:${hostname.replaceAll(".", "\\.")}\\n`),
            );
            const [publicKey] = /-----BEGIN PUBLIC KEY-----.*END PUBLIC KEY-----/s.exec(text) ?? [""];
            assert.ok(createPublicKey(publicKey).equals(createPublicKey(key)));
        }
    });

    it("with a byte changed is refused, so the signature above was looked at", () => {
        const der = makeCertificateRequest(createPrivateKey(makePrivateKey()), "www.acme.example");
        const at = der.indexOf("www.acme");
        der.write("x", at);
        assert.match(inspect(der).verdict, /verify failure/);
    });
});
