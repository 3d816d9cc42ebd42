import assert from "node:assert/strict";
import { createHash, createHmac, createPublicKey, generateKeyPairSync, verify } from "node:crypto";
import { bindExternalAccount, publicJwk, signMessage, thumbprint } from "../../../platform/acme/jws";

const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const decode = (part: string) => JSON.parse(Buffer.from(part, "base64url").toString());

describe("signed messages", () => {
    it("can be verified, and name their algorithm", () => {
        const message = signMessage(privateKey, { kid: "k", url: "u", nonce: "n" }, { a: 1 });
        assert.deepEqual(decode(message.protected), { alg: "ES256", kid: "k", url: "u", nonce: "n" });
        assert.deepEqual(decode(message.payload), { a: 1 });
        const signature = Buffer.from(message.signature, "base64url");
        assert.equal(signature.length, 64);
        assert.ok(
            verify(
                "sha256",
                Buffer.from(`${message.protected}.${message.payload}`),
                { key: publicKey, dsaEncoding: "ieee-p1363" },
                signature,
            ),
        );
        assert.equal(signMessage(privateKey, {}).payload, "", "asking for what is there");
    });

    it("show the public half of a key only, with its thumbprint over sorted members", () => {
        const jwk = publicJwk(privateKey);
        assert.ok(createPublicKey({ key: jwk, format: "jwk" }).equals(publicKey));
        assert.deepEqual(Object.keys(jwk), ["crv", "kty", "x", "y"]);
        const { crv, kty, x, y } = publicKey.export({ format: "jwk" });
        const text = `{"crv":"${crv}","kty":"${kty}","x":"${x}","y":"${y}"}`;
        assert.equal(thumbprint(privateKey), createHash("sha256").update(text).digest("base64url"));
    });

    it("bind an account to one that is known", () => {
        const macKey = Buffer.alloc(32, 9).toString("base64url");
        const binding = bindExternalAccount({ keyId: "kid-1", macKey }, "https://ca.example/account", privateKey);
        assert.deepEqual(decode(binding.protected), { alg: "HS256", kid: "kid-1", url: "https://ca.example/account" });
        assert.deepEqual(decode(binding.payload), publicJwk(privateKey));
        const expected = createHmac("sha256", Buffer.alloc(32, 9))
            .update(`${binding.protected}.${binding.payload}`)
            .digest("base64url");
        assert.equal(binding.signature, expected);
    });
});
