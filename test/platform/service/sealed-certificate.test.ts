import assert from "node:assert/strict";
import { keyPurpose, sealCertificate } from "../../../platform/service/sealed-certificate";
import { issueChain } from "../../support/certificates";
import { sharedContext } from "../../support/context";

describe("a certificate as it is stored", () => {
    before(async function () {
        this.timeout(60_000);
        await sharedContext();
    });

    it("has its dates from the certificate, its key sealed, and a renewal where that is the platform's business", async () => {
        const context = { ...(await sharedContext()), now: () => new Date("2026-11-01T00:00:00Z") };
        const hostname = "www.acme.example";
        const [from, until] = [new Date("2026-11-01T00:00:00Z"), new Date("2027-01-29T23:59:59Z")];
        const { site, intermediate } = await issueChain([hostname], { from, until });
        const checked = { certificates: [site.certificate, intermediate.certificate], privateKey: site.key };
        const seal = (type: "custom" | "letsencrypt") =>
            sealCertificate(context, { hostname, accountId: 7, type }, checked);
        const { private_key, ...row } = seal("letsencrypt");
        assert.deepEqual(row, {
            hostname,
            account_id: 7,
            type: "letsencrypt",
            chain: checked.certificates.join(""),
            expires_at: until,
            renew_from: new Date("2026-12-30T23:59:59Z"),
            issued_at: from,
        });
        assert.equal(context.secrets.open(keyPurpose(hostname), private_key), site.key);
        assert.equal(seal("custom").renew_from, null);
    });
});
