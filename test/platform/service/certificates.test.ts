import assert from "node:assert/strict";
import { createApplication } from "../../../platform/service/applications";
import { addDomainWithCertificate, getHttps, setHttps } from "../../../platform/service/certificates";
import { removeDomain } from "../../../platform/service/domains";
import { keyPurpose } from "../../../platform/service/sealed-certificate";
import { findCertificate } from "../../../platform/store/certificates";
import { issueChain } from "../../support/certificates";
import { makeMember, sharedContext } from "../../support/context";
import { fresh } from "../../support/stores";

describe("certificate use cases", () => {
    before(async function () {
        this.timeout(60_000);
        await sharedContext();
    });

    async function makeSite() {
        const context = await sharedContext();
        const member = await makeMember(context);
        const hostname = `${fresh("own")}.acme.example`;
        const { id } = await createApplication(context, member, { hostname, origin: "192.0.2.1" });
        return { context, member, hostname, applicationId: id };
    }

    it("keep the key encrypted, for its hostname only", async () => {
        const { context, member, hostname } = await makeSite();
        const { publicCertificates, privateKey } = await issueChain([hostname]);
        await setHttps(context, member, hostname, { type: "custom", publicCertificates, privateKey });
        const row = await findCertificate(context.store.database, member.accountId, hostname);
        const sealed = row?.private_key as Buffer;
        assert.ok(!sealed.includes("PRIVATE KEY"));
        assert.equal(context.secrets.open(keyPurpose(hostname), sealed), privateKey);
        assert.throws(() => context.secrets.open(keyPurpose("other.example"), sealed));
        assert.deepEqual([row?.type, row?.renew_from], ["custom", null]);
    });

    it("of two at once keep one whole, never halves of both", async () => {
        const { context, member, hostname } = await makeSite();
        const chains = await Promise.all(Array.from({ length: 6 }, () => issueChain([hostname])));
        await Promise.all(
            chains.map(({ publicCertificates, privateKey }) =>
                setHttps(context, member, hostname, { publicCertificates, privateKey }),
            ),
        );
        const row = await findCertificate(context.store.database, member.accountId, hostname);
        const key = context.secrets.open(keyPurpose(hostname), row?.private_key as Buffer);
        const kept = chains.find(({ privateKey }) => privateKey === key);
        assert.ok(row?.chain.startsWith(kept?.site.certificate as string));
    });

    it("leave nothing where the hostname is removed meanwhile", async () => {
        const { context, member, hostname, applicationId } = await makeSite();
        const shop = `shop.${hostname}`;
        const { publicCertificates, privateKey } = await issueChain([shop]);
        const place = { applicationId, environment: "Production" };
        await addDomainWithCertificate(context, member, place, shop, {});
        const now = () => {
            void removeDomain(context, member, place, shop);
            return new Date();
        };
        const outcome = await setHttps({ ...context, now }, member, shop, { publicCertificates, privateKey }).catch(
            (error) => error.code,
        );
        assert.ok(
            ["not-found", "domain-not-attached"].includes(outcome as string) || typeof outcome === "object",
            String(outcome),
        );
        assert.equal(await findCertificate(context.store.database, member.accountId, shop), undefined);
        await assert.rejects(getHttps(context, member, shop), { code: "not-found" });
    });
});
