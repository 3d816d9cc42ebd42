import assert from "node:assert/strict";
import { Problem } from "section-model";
import { AcmeFailure } from "../../../platform/acme/acme-failure";
import { Dns } from "../../../platform/dns/dns";
import { explainFailure } from "../../../platform/service/issue-failure";
import { sharedContext } from "../../support/context";
import { startDns } from "../../support/dns";

describe("why a certificate could not be issued", () => {
    before(async function () {
        this.timeout(60_000);
        await sharedContext();
    });

    const hostname = "www.acme.example";
    const explain = async (error: unknown, addresses: [string, string][] = []) => {
        const dns = await startDns(new Map(), new Map(addresses));
        try {
            const shared = await sharedContext();
            return await explainFailure({ ...shared, dns: new Dns([dns.address]) }, hostname, error);
        } finally {
            dns.close();
        }
    };

    it("is told in the authority's words, with what to do where that is known", async () => {
        assert.equal(
            await explain(new AcmeFailure("caa", "CAA record for acme.example prevents issuance")),
            `Error validating ownership for certificate ${hostname}: CAA record for acme.example prevents issuance. ` +
                `Let the CAA records of ${hostname} and the zones above it name the certificate authority, or remove them`,
        );
        assert.equal(
            await explain(new AcmeFailure("connection", "2001:db8::7: refused"), [[hostname, "2001:db8::7"]]),
            `Error validating ownership for certificate ${hostname}: 2001:db8::7: refused. ` +
                `Remove the AAAA records of ${hostname} (2001:db8::7): the platform answers on IPv4 only`,
        );
        for (const kind of ["connection", "unauthorized", "dns"])
            assert.equal(
                await explain(new AcmeFailure(kind, "no"), [[hostname, "192.0.2.1"]]),
                `Error validating ownership for certificate ${hostname}: no`,
            );
        assert.equal(
            await explain(new AcmeFailure("rateLimited", "too many")),
            `The certificate of ${hostname} could not be issued: too many`,
        );
    });

    it("says nothing of what nobody expected", async () => {
        assert.equal(
            await explain(new Error("password=hush")),
            `The certificate of ${hostname} could not be issued: an unexpected failure`,
        );
        assert.equal(
            await explain(new Problem("issue-failed", "it is off", { remedy: "Switch it on" })),
            "it is off. Switch it on",
        );
    });
});
