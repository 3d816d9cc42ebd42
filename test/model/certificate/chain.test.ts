import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { type CertificateToCheck, checkCertificate } from "../../../model/certificate/chain";
import { issueCertificate, issueChain } from "../../support/certificates";

const hostname = "www.acme.example";
const day = 86_400_000;

function reasonsOf(upload: Partial<CertificateToCheck>): string[] {
    const result = checkCertificate({ publicCertificates: "", privateKey: "", hostname, now: new Date(), ...upload });
    return "findings" in result ? result.findings.map(({ property, reason }) => `${property}: ${reason}`) : [];
}

describe("a certificate for a site", () => {
    let chain: Awaited<ReturnType<typeof issueChain>>;
    before(async () => {
        chain = await issueChain([hostname]);
    });
    const upload = () => ({ publicCertificates: chain.publicCertificates, privateKey: chain.privateKey });

    it("that is right comes back in one spelling, with RSA and with ECDSA keys", async () => {
        for (const wish of [{ kind: "rsa" as const }, { curve: "P-384" }, {}]) {
            const { site, intermediate } = await issueChain([hostname], wish);
            const result = checkCertificate({
                publicCertificates: site.certificate + intermediate.certificate,
                privateKey: site.key,
                hostname,
                now: new Date(),
            });
            assert.ok(!("findings" in result), JSON.stringify(result));
            assert.deepEqual([result.certificates.length, result.privateKey], [2, site.key]);
        }
    });

    it("may be alone, signed by itself, or with a key in its older forms", async () => {
        const own = await issueCertificate({ names: [hostname], isAuthority: true });
        assert.deepEqual(reasonsOf({ publicCertificates: own.certificate, privateKey: own.key }), []);
        const old = execFileSync("openssl", ["ec"], {
            input: chain.privateKey,
            stdio: ["pipe", "pipe", "ignore"],
        }).toString();
        assert.match(old, /BEGIN EC PRIVATE KEY/);
        const parameters = "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n";
        assert.deepEqual(reasonsOf({ ...upload(), privateKey: parameters + old }), []);
    });

    it("has the site's certificate first and its issuers in order, without the root", async () => {
        const { site, intermediate, root } = chain;
        const stranger = await issueCertificate({ name: "CN=Stranger CA", issuer: root, isAuthority: true });
        const namesake = await issueCertificate({ name: intermediate.name, issuer: root, isAuthority: true });
        const other = await issueCertificate({ names: ["other.example"], issuer: intermediate });
        const deep = await issueCertificate({ name: "CN=Deep CA", issuer: intermediate, isAuthority: true });
        const below = await issueCertificate({ names: [hostname], issuer: deep });
        const cases: [{ certificate: string }[], string[]][] = [
            [
                [intermediate, site],
                ["publicCertificates: certificate 2 (www.acme.example) is the site's own; put it first"],
            ],
            [
                [site, intermediate, root],
                ["publicCertificates: certificate 3 (Test Root) is a root; leave it out, browsers bring their own"],
            ],
            [
                [site, root],
                ["publicCertificates: certificate 2 (Test Root) is a root; leave it out, browsers bring their own"],
            ],
            [
                [site, intermediate, intermediate],
                ["publicCertificates: certificate 3 (Test CA 1) repeats certificate 2 (Test CA 1); leave it out"],
            ],
            [
                [site, stranger],
                [
                    "publicCertificates: certificate 2 (Stranger CA) did not sign certificate 1 (www.acme.example); put the certificate of its issuer there",
                ],
            ],
            [
                [site, namesake],
                [
                    "publicCertificates: certificate 2 (Test CA 1) did not sign certificate 1 (www.acme.example); put the certificate of its issuer there",
                ],
            ],
            [
                [below, intermediate, deep],
                [
                    "publicCertificates: certificate 2 (Test CA 1) did not sign certificate 1 (www.acme.example); certificate 3 (Deep CA) did; put the certificates in that order",
                    "publicCertificates: certificate 3 (Deep CA) did not sign certificate 2 (Test CA 1); put the certificate of its issuer there",
                ],
            ],
            [
                [site, intermediate, other],
                [
                    "publicCertificates: certificate 3 (other.example) is not of a certificate authority; only intermediates may follow the first",
                ],
            ],
        ];
        for (const [certificates, expected] of cases) {
            const publicCertificates = certificates.map(({ certificate }) => certificate).join("\n");
            assert.deepEqual(
                reasonsOf({ publicCertificates, privateKey: certificates[0] === below ? below.key : site.key }),
                expected,
            );
        }
        assert.deepEqual(
            reasonsOf({
                publicCertificates: below.certificate + deep.certificate + intermediate.certificate,
                privateKey: below.key,
            }),
            [],
        );
    });

    it("is refused for another host, another purpose, another time", async () => {
        const now = new Date();
        const wishes: [object, RegExp][] = [
            [
                { names: ["acme.example", "*.shop.acme.example"] },
                /is for acme\.example, \*\.shop\.acme\.example and not for www\.acme\.example; get one/,
            ],
            [{ names: [], name: `CN=${hostname}` }, /has no subject alternative names/],
            [{ purposes: ["1.3.6.1.5.5.7.3.2"] }, /is not for web servers/],
            [{ until: new Date(now.getTime() - 1000) }, /expired on \d{4}-.*; get a new one/],
            [{ from: new Date(now.getTime() + day) }, /is not valid before \d{4}-.*; upload it then/],
            [{ kind: "rsa", bits: 1024 }, /has an RSA key of 1024 bits, which is too weak; use 2048 or more/],
            [{ kind: "ed25519" }, /has a key of type ed25519/],
        ];
        for (const [wish, reason] of wishes) {
            const { site, intermediate } = await issueChain([hostname], wish);
            const reasons = reasonsOf({
                publicCertificates: site.certificate + intermediate.certificate,
                privateKey: site.key,
                now,
            });
            assert.equal(reasons.length, 1, reasons.join("\n"));
            assert.match(reasons[0] as string, reason);
        }
        assert.deepEqual(reasonsOf({ ...upload(), hostname: "WWW.acme.example".toLowerCase() }), []);
    });

    it("is refused with a signature that is too weak, of any certificate in the chain", async () => {
        const root = await issueCertificate({ name: "CN=Root", kind: "rsa", isAuthority: true, hash: "SHA-1" });
        const intermediate = await issueCertificate({
            name: "CN=Old CA",
            issuer: root,
            isAuthority: true,
            hash: "SHA-1",
        });
        const site = await issueCertificate({ names: [hostname], issuer: intermediate });
        assert.deepEqual(
            reasonsOf({ publicCertificates: site.certificate + intermediate.certificate, privateKey: site.key }),
            [
                "publicCertificates: certificate 2 (Old CA) is signed with SHA-1, which browsers do not accept; get a new one from its issuer",
            ],
        );
    });

    it("is refused on a curve that browsers do not know", () => {
        const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:secp256k1", "-nodes", "-keyout", "-"];
        const made = execFileSync(
            "openssl",
            ["req", "-x509", ...curve, "-subj", "/CN=x", "-addext", `subjectAltName=DNS:${hostname}`],
            { stdio: "pipe" },
        );
        const [privateKey, publicCertificates] = made.toString().split(/(?=-----BEGIN CERT)/);
        assert.match(reasonsOf({ publicCertificates, privateKey }).join(), /has a key on the curve secp256k1/);
    });

    it("is refused with a key that is missing, encrypted, another one or not a key", async () => {
        const other = await issueCertificate({ names: [hostname] });
        const encrypt = (...args: string[]) =>
            execFileSync("openssl", args, { input: chain.privateKey, stdio: ["pipe", "pipe", "ignore"] }).toString();
        const keys: [string, RegExp][] = [
            ["", /^privateKey: holds no private key/],
            [chain.site.certificate, /^privateKey: holds no private key/],
            [other.key, /^privateKey: does not belong to certificate 1 \(www\.acme\.example\); send the key that/],
            [
                chain.intermediate.key,
                /^privateKey: does not belong to certificate 1 \(www\.acme\.example\) but to certificate 2 \(Test CA 1\); send/,
            ],
            [chain.privateKey + other.key, /^privateKey: holds 2 private keys/],
            [
                encrypt("pkcs8", "-topk8", "-passout", "pass:secret"),
                /^privateKey: is encrypted; decrypt it first: openssl pkey/,
            ],
            [encrypt("ec", "-aes128", "-passout", "pass:secret"), /^privateKey: is encrypted/],
            [chain.privateKey.replace("END", "EN"), /^privateKey: line 1 begins a PRIVATE KEY that never ends/],
            [
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
                /^privateKey: the PRIVATE KEY of line 1 cannot be read; copy it again$/,
            ],
        ];
        for (const [privateKey, reason] of keys) {
            const reasons = reasonsOf({ ...upload(), privateKey });
            assert.equal(reasons.length, 1, reasons.join("\n"));
            assert.match(reasons[0] as string, reason);
        }
    });

    it("names the blocks that are none, and never shows what a key holds", () => {
        const { publicCertificates, privateKey } = upload();
        const [reason, ...more] = reasonsOf({ publicCertificates: publicCertificates + privateKey, privateKey });
        assert.match(
            reason as string,
            /begins a PRIVATE KEY; only certificates belong here, the key into the private key$/,
        );
        assert.deepEqual(more, []);
        assert.ok(!reason?.includes(privateKey.split("\n")[1] as string));
        assert.match(
            reasonsOf({
                publicCertificates: "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
                privateKey,
            }).join(),
            /base64 but no certificate/,
        );
        assert.match(
            reasonsOf({ publicCertificates: publicCertificates.repeat(6), privateKey }).join("\n"),
            /holds 12 blocks; a chain has at most 10/,
        );
    });

    it("names everything that is wrong at once", async () => {
        const { root } = chain;
        const site = await issueCertificate({
            names: ["other.example"],
            issuer: root,
            until: new Date(Date.now() - day),
            kind: "rsa",
            bits: 1024,
        });
        const reasons = reasonsOf({ publicCertificates: site.certificate + root.certificate, privateKey: "nothing" });
        for (const part of [/expired/, /1024 bits/, /not for www/, /is a root/, /^privateKey: holds no private key/m])
            assert.match(reasons.join("\n"), part, reasons.join("\n"));
        assert.equal(reasons.length, 5);
    });

    it("is never more than refused, whatever the text is", () => {
        const { publicCertificates, privateKey } = upload();
        const damaged = fc
            .tuple(fc.nat(publicCertificates.length), fc.string({ maxLength: 40 }), fc.nat(200))
            .map(([at, text, cut]) => publicCertificates.slice(0, at) + text + publicCertificates.slice(at + cut));
        fc.assert(
            fc.property(fc.oneof(fc.string({ maxLength: 200 }), damaged), (text) => {
                reasonsOf({ publicCertificates: text, privateKey });
                assert.ok(reasonsOf({ publicCertificates, privateKey: text }).length > 0);
            }),
            { numRuns: 200 },
        );
    });
});
