import assert from "node:assert/strict";
import { certificateExpiry } from "../../../policy/rules/certificate-expiry";
import { issueChain } from "../../support/certificates";
import { unknownText, violationsOf } from "../../support/policy";

const dayMs = 86_400_000;
const domain = (certificate: unknown) => [
    { type: "Domain", name: "shop", props: { hostname: "shop.acme.example", certificate } },
];

async function endsIn(days: number) {
    const { publicCertificates, privateKey } = await issueChain(["shop.acme.example"], {
        until: new Date(Date.now() + days * dayMs + 60_000),
    });
    return { publicCertificates, privateKey };
}

describe("the rule section-certificate-expiry", () => {
    it("says which certificates end within the days, and never shows the key", async () => {
        const certificate = await endsIn(29);
        const [text = "", ...more] = await violationsOf(certificateExpiry, domain(certificate), {}, true);
        assert.match(text, /^A certificate of shop, issued by Test CA 1, ends on \d{4}-\d\d-\d\d, in 29 days\.\n/);
        assert.match(text, /\{"section-certificate-expiry":\{"days":29\}\}/);
        assert.doesNotMatch(text, /PRIVATE|BEGIN/);
        assert.deepEqual(more, []);
        assert.deepEqual(await violationsOf(certificateExpiry, domain(certificate), { days: 29 }), []);
        assert.deepEqual(await violationsOf(certificateExpiry, domain(await endsIn(30))), []);
    });

    it("looks at the whole chain: an intermediate that ends first counts", async () => {
        const { publicCertificates } = await endsIn(200); // the intermediate has 90 days
        const found = await violationsOf(certificateExpiry, domain({ publicCertificates }), { days: 100 });
        assert.equal(found.length, 1);
        assert.match(found[0]!, /issued by Test Root/);
    });

    it("one that ends today can be allowed by its name only", async () => {
        const [text = ""] = await violationsOf(certificateExpiry, domain(await endsIn(0)), {}, true);
        assert.match(text, /in 0 days/);
        assert.match(text, /\{"except":\["shop"\]\}/);
    });

    it("leaves alone what the platform issues, what is not known yet and what cannot be read", async () => {
        const broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        for (const certificate of [
            "acme",
            undefined,
            unknownText,
            { publicCertificates: unknownText },
            { publicCertificates: broken },
        ])
            assert.deepEqual(await violationsOf(certificateExpiry, domain(certificate)), []);
    });
});
