import assert from "node:assert/strict";
import { markSecret } from "../../../plugin/wire/marks";
import { withOwnSecrets } from "../../../plugin/wire/own-secrets";

describe("what is a secret in every program", () => {
    it("is marked where the program did not", () =>
        assert.deepEqual(withOwnSecrets({ certificate: { publicCertificates: "PEM", privateKey: "KEY" } }), {
            certificate: { publicCertificates: "PEM", privateKey: markSecret("KEY") },
        }));

    for (const [what, certificate] of Object.entries({
        "a marked key": { privateKey: markSecret("KEY") },
        "a certificate that is marked as a whole": markSecret({ privateKey: "KEY" }),
        acme: "acme",
        nothing: undefined,
    }))
        it(`leaves ${what} as it is`, () => assert.deepEqual(withOwnSecrets({ certificate }), { certificate }));
});
