import assert from "node:assert/strict";
import { domainSchema, relateDomain } from "section-model";
import { issueChain } from "../support/certificates";

const place = { environment: "1/2/Staging", hostname: "shop.acme.example" };

describe("domain", () => {
    it("takes an environment id and a hostname", () => {
        assert.equal(
            domainSchema.parse({ environment: "1/2/Staging", hostname: "Shop.acme.example" }).hostname,
            "shop.acme.example",
        );
    });

    it("refuses an id of another kind", () => {
        assert.equal(domainSchema.safeParse({ environment: "1/2", hostname: "shop.acme.example" }).success, false);
    });

    it("waits for a number of seconds or the usual time, and has a certificate of one of two kinds", () => {
        const reasonOf = (more: object) => domainSchema.safeParse({ ...place, ...more }).error?.issues[0]?.message;
        for (const right of [{ waitForLive: {} }, { waitForLive: { timeoutSeconds: 900 } }, { certificate: "acme" }])
            assert.equal(reasonOf(right), undefined);
        assert.match(reasonOf({ waitForLive: { timeoutSeconds: 0 } }) ?? "", /whole number of seconds from 1 to 86400/);
        assert.match(reasonOf({ waitForLive: 900 }) ?? "", /an object such as \{ timeoutSeconds: 600 \}/);
        assert.match(
            reasonOf({ certificate: "letsencrypt" }) ?? "",
            /must be "acme", or \{ publicCertificates, privateKey \}/,
        );
        assert.match(reasonOf({ certificate: { publicCertificates: "x" } }) ?? "", /must be "acme"/);
    });

    it("names what is wrong with one's own certificate: order, key, name", async () => {
        const { site, intermediate, publicCertificates, privateKey } = await issueChain([place.hostname]);
        const other = await issueChain(["www.other.example"]);
        const propertiesOf = (certificate: object) =>
            relateDomain({ ...place, certificate: certificate as never }).map(({ property }) => property);
        assert.deepEqual(propertiesOf({ publicCertificates, privateKey }), []);
        assert.deepEqual(
            propertiesOf({ publicCertificates: intermediate.certificate + site.certificate, privateKey }),
            ["certificate.publicCertificates"],
        );
        assert.deepEqual(propertiesOf({ publicCertificates, privateKey: other.privateKey }), [
            "certificate.privateKey",
        ]);
        assert.deepEqual(propertiesOf(other), ["certificate.publicCertificates"]);
        assert.deepEqual(
            relateDomain({ certificate: other, environment: "1/2/Staging" }),
            [],
            "not before its hostname is known",
        );
        assert.deepEqual(relateDomain({ ...place, certificate: "acme" }), []);
    });
});
