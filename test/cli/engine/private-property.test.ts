import assert from "node:assert/strict";
import { holdsPrivateKey, isPrivateProperty } from "../../../cli/engine/private-property";
import { unknownValue } from "../../../provider/run/unknown";

describe("a property that may hold a private key", () => {
    it("is the certificate of a domain, unless it is the platform's or not known yet", () => {
        const own = { publicCertificates: "-----BEGIN", privateKey: "-----BEGIN" };
        assert.ok(isPrivateProperty("domain", "certificate"));
        assert.ok(!isPrivateProperty("domain", "hostname"));
        assert.ok(!isPrivateProperty("environment", "certificate"));
        assert.deepEqual(
            [own, own.privateKey, "acme", unknownValue, undefined].map((value) =>
                holdsPrivateKey("domain", "certificate", value),
            ),
            [true, true, false, false, false],
        );
        assert.ok(!holdsPrivateKey("domain", "hostname", own));
    });
});
