import assert from "node:assert/strict";
import { createPrivateKey, X509Certificate } from "node:crypto";
import { writeFile } from "node:fs/promises";
import type { Authority } from "../../platform/acme/authority";
import { loadAccountKey } from "../../platform/service/acme-account";
import { renewCertificate } from "../../platform/service/certificate-renewal";
import { getHttps, setHttps } from "../../platform/service/certificates";
import { setEgress } from "../../platform/service/configuration";
import { removeDomain } from "../../platform/service/domains";
import { verifyDomain } from "../../platform/service/live-state";
import { obtainCertificate } from "../../platform/service/obtain-certificate";
import { keyPurpose } from "../../platform/service/sealed-certificate";
import { claimOrders, findOrder, startOrder } from "../../platform/store/certificate-orders";
import { findCertificate } from "../../platform/store/certificates";
import type { CertificateOrderRow } from "../../platform/store/database";
import { issueChain } from "../support/certificates";
import { startFormerServer } from "../support/former-server";
import { type Issuing, startIssuing } from "../support/issuing";
import { withFolder } from "../support/platform";
import { storeKinds } from "../support/stores";

const minute = 60_000;
const day = 86_400_000;

for (const kind of storeKinds) {
    describe(`certificates of a real authority over ${kind}`, () => {
        let issuing: Issuing;
        before(async () => {
            issuing = await startIssuing(kind, { rejectedNonces: 25 });
        });
        after(() => issuing.stop());

        const settle = async () => {
            while ((await issuing.tick()) > 0);
        };
        const row = (site: { hostname: string; member: { accountId: number } }) =>
            findCertificate(issuing.context.store.database, site.member.accountId, site.hostname);
        const order = (site: { hostname: string; member: { accountId: number } }) =>
            findOrder(issuing.context.store.database, site.member.accountId, site.hostname);

        it("are issued by themselves once a domain is live, not before", async () => {
            const { pebble, context, tick, makeSite, pointHere } = issuing;
            const site = await makeSite({ isLive: false });
            assert.equal(await tick(), 0);
            await assert.rejects(renewCertificate(context, site.member, site.hostname), { code: "domain-not-live" });
            pointHere(site.hostname);
            await verifyDomain(context, site.member, site.hostname);
            const before = pebble.issued();
            assert.equal(await tick(), 1);
            assert.equal(await tick(), 0);
            assert.equal(pebble.issued(), before + 1);
            const { certificate, order: left } = await getHttps(context, site.member, site.hostname);
            assert.equal(left, undefined);
            const stored = await row(site);
            const key = context.secrets.open(keyPurpose(site.hostname), stored?.private_key as Buffer);
            const blocks = (certificate?.chain ?? "")
                .split(/(?<=-----END CERTIFICATE-----\n)/)
                .map((pem) => new X509Certificate(pem));
            assert.equal(blocks.length, 2);
            const [own, intermediate] = blocks as [X509Certificate, X509Certificate];
            assert.ok(own.checkHost(site.hostname) && own.checkPrivateKey(createPrivateKey(key)));
            assert.ok(own.verify(intermediate.publicKey));
            assert.ok(intermediate.verify(new X509Certificate(await pebble.root()).publicKey));
            assert.equal(stored?.renew_from?.getTime(), (stored?.expires_at.getTime() as number) - 30 * day);
        });

        it("are issued before the DNS leads here, where the server that it leads to forwards the challenge", async () => {
            const { context, pebble, addresses, port, pass, makeSite, tick } = issuing;
            const site = await makeSite({ isLive: false });
            addresses.set(site.hostname, "127.0.0.2");
            const former = await startFormerServer({ port, to: `http://127.0.0.1:${port}` });
            try {
                const refusal = await renewCertificate(context, site.member, site.hostname).catch((error) => error);
                assert.equal(refusal.code, "issue-failed", String(refusal));
                assert.match(
                    refusal.message,
                    /^Error validating ownership .* forward http:\/\/\S+\/\.well-known\/acme-challenge\/ to this platform, then ask again\.$/,
                );
                const ordered = pebble.ordered();
                await assert.rejects(renewCertificate(context, site.member, site.hostname), { code: "issue-failed" });
                assert.equal(pebble.ordered(), ordered, "the authority is not asked again at once");
                pass(6 * minute);
                await tick();
                assert.equal(await order(site), undefined, "nor by itself");
                former.forwards = true;
                const { isNew } = await renewCertificate(context, site.member, site.hostname);
                assert.deepEqual([isNew, pebble.ordered()], [true, ordered + 1]);
                assert.equal((await row(site))?.type, "letsencrypt");
                assert.equal((await verifyDomain(context, site.member, site.hostname)).engaged, false);
            } finally {
                await former.close();
            }
        });

        it("before the DNS leads here are tried for a few hostnames an hour only", async () => {
            const { context, addresses, makeSite } = issuing;
            const limited = { ...context, options: { ...context.options, certificateTriesPerHour: 1 } };
            const site = await makeSite({ isLive: false });
            addresses.set(site.hostname, "127.0.0.2"); // nobody listens there
            await assert.rejects(renewCertificate(limited, site.member, site.hostname), { code: "issue-failed" });
            const { accountId } = site.member;
            const orders = context.store.database.deleteFrom("certificate_orders");
            await orders.where("account_id", "=", accountId).where("hostname", "=", site.hostname).execute();
            await assert.rejects(renewCertificate(limited, site.member, site.hostname), {
                code: "rate-limited",
                message: /^more than 1 certificates were asked for within an hour/,
            });
        });

        it("are renewed 30 days before they end, with a new key", async () => {
            const { pebble, pass, makeSite, tick } = issuing;
            const site = await makeSite();
            await settle();
            const first = await row(site);
            pass(59 * day);
            const count = pebble.issued();
            await tick();
            assert.equal(pebble.issued(), count);
            pass(2 * day);
            await settle();
            const second = await row(site);
            assert.ok(pebble.issued() > count);
            assert.notEqual(second?.chain, first?.chain);
            assert.notDeepEqual(second?.private_key, first?.private_key);
            assert.equal(await tick(), 0, "once");
        });

        it("are renewed when that is asked for, and not again within the hour", async () => {
            const { context, pebble, pass, makeSite } = issuing;
            const site = await makeSite();
            const first = await renewCertificate(context, site.member, site.hostname);
            assert.equal(first.isNew, true);
            const count = pebble.issued();
            const again = await renewCertificate(context, site.member, site.hostname);
            assert.deepEqual([again.isNew, again.expires, pebble.issued()], [false, first.expires, count]);
            pass(61 * minute);
            const both = await Promise.all([1, 2].map(() => renewCertificate(context, site.member, site.hostname)));
            assert.deepEqual(
                both.map(({ isNew }) => isNew),
                [true, true],
            );
            assert.equal(pebble.issued(), count + 1, "two who ask at once get one");
        });

        it("that cannot be validated say why, are tried again at growing pauses, and come when it is repaired", async () => {
            const { context, addresses, aliases, pass, makeSite, tick, pointHere, warnings } = issuing;
            const site = await makeSite();
            addresses.delete(site.hostname);
            const refusal = await renewCertificate(context, site.member, site.hostname).catch((error) => error);
            assert.equal(refusal.code, "issue-failed", String(refusal));
            assert.match(
                refusal.message,
                new RegExp(`^Error validating ownership for certificate ${site.hostname}: .*could not resolve`),
            );
            assert.ok(
                refusal.retryAfterSeconds > 100 && refusal.retryAfterSeconds <= 300,
                String(refusal.retryAfterSeconds),
            );
            assert.match(warnings.at(-1) as string, /^a certificate could not be issued: Error validating ownership/);
            const { order: pending, certificate } = await getHttps(context, site.member, site.hostname);
            assert.equal(certificate, undefined);
            assert.match(pending?.last_error ?? "", /^Error validating ownership/);
            assert.equal(await tick(), 0, "not before its pause is over");
            pass(5 * minute);
            addresses.set(site.hostname, "2001:db8::1");
            assert.equal(await tick(), 1);
            assert.equal((await order(site))?.attempts, 2);
            assert.match(
                (await order(site))?.last_error ?? "",
                /Remove the AAAA records of .* \(2001:db8::1\): the platform answers on IPv4 only$/,
            );
            aliases.delete(site.hostname);
            pointHere(site.hostname);
            pass(10 * minute);
            assert.equal(await tick(), 1);
            assert.equal(await order(site), undefined);
            assert.equal((await row(site))?.type, "letsencrypt");
        });

        it("are no longer ordered when the domain is not live any more, gets its owner's, or is removed", async () => {
            const { context, addresses, aliases, pass, makeSite, tick } = issuing;
            const [gone, own, removed] = [await makeSite(), await makeSite(), await makeSite()];
            for (const { hostname } of [gone, own, removed]) addresses.delete(hostname);
            await tick();
            for (const site of [gone, own, removed]) assert.equal((await order(site))?.attempts, 1);
            aliases.delete(gone.hostname);
            await verifyDomain(context, gone.member, gone.hostname);
            const { publicCertificates, privateKey } = await issueChain([own.hostname]);
            await assert.rejects(
                removeDomain(
                    context,
                    removed.member,
                    { applicationId: removed.applicationId, environment: "Production" },
                    removed.hostname,
                ),
                {
                    code: "domain-names-application",
                },
            );
            await setHttps(context, own.member, own.hostname, { publicCertificates, privateKey, type: "custom" });
            assert.equal(await order(own), undefined);
            pass(6 * minute);
            await tick();
            assert.equal(await order(gone), undefined);
            await tick();
            assert.equal(await order(gone), undefined);
            assert.equal(await order(own), undefined);
        });

        it("take the place of their owner's when he wants that, and not a moment before", async () => {
            const { context, makeSite, tick } = issuing;
            const site = await makeSite();
            const { publicCertificates, privateKey } = await issueChain([site.hostname]);
            await setHttps(context, site.member, site.hostname, { publicCertificates, privateKey });
            assert.equal(await tick(), 0);
            await assert.rejects(renewCertificate(context, site.member, site.hostname), { code: "certificate-custom" });
            assert.deepEqual(
                await setHttps(context, site.member, site.hostname, { type: "letsencrypt", verifyOnly: true }),
                { hostname: site.hostname },
            );
            assert.equal(await order(site), undefined);
            const view = await setHttps(context, site.member, site.hostname, { type: "letsencrypt" });
            assert.equal(view.certificate?.type, "custom");
            assert.ok(view.order !== undefined);
            while ((await order(site)) !== undefined) await new Promise((resolve) => setTimeout(resolve, 50));
            assert.equal((await row(site))?.type, "letsencrypt");
        });

        it("cannot be had where the origin gets the challenges", async () => {
            const { context, makeSite, tick } = issuing;
            const site = await makeSite();
            const egress = { origins: { default: { address: "192.0.2.1" } }, proxy_acme_challenge: true };
            await setEgress(
                context,
                site.member,
                { applicationId: site.applicationId, environment: "Production" },
                egress,
            );
            await assert.rejects(
                renewCertificate(context, site.member, site.hostname),
                /proxy_acme_challenge is set in Production\. Remove proxy_acme_challenge/,
            );
            await tick();
            assert.match(
                (await order(site))?.last_error ?? "",
                /proxy_acme_challenge is set in Production.*or upload a certificate$/,
            );
        });

        it("of an order that somebody else has taken over are left to them", async () => {
            const { context, makeSite, pass, pebble } = issuing;
            const { database } = context.store;
            const site = await makeSite();
            await settle();
            pass(61 * day);
            const slow = { claim: "slow", until: context.now() };
            await startOrder(database, { hostname: site.hostname, accountId: site.member.accountId, now: new Date(0) });
            const [stale] = (await claimOrders(database, context.now(), slow, 1)) as [CertificateOrderRow];
            assert.equal(stale.hostname, site.hostname);
            const count = pebble.issued();
            await settle();
            const taken = await row(site);
            await assert.rejects(obtainCertificate(context, context.authority as Authority, stale), {
                name: "OrderLost",
            });
            assert.deepEqual(await row(site), taken);
            assert.ok(pebble.issued() >= count + 1);
        });

        it("need one account, whose key is kept encrypted", async () => {
            const { context, options, pebble } = issuing;
            const [one, other] = await Promise.all(
                [1, 2].map(() => loadAccountKey(context, options.acmeDirectory as string)),
            );
            assert.ok(one?.equals(other as never));
            assert.equal(pebble.log().match(/There are now \d+ accounts in memory/g)?.length, 1);
        });
    });
}

describe("certificates of an authority with its own ways", () => {
    it("that live six days are renewed after four, from an account that it knew before", async () => {
        await withFolder(async (folder) => {
            const macKey = Buffer.alloc(32, 3).toString("base64url");
            await writeFile(`${folder}/mac`, `${macKey}\n`);
            const issuing = await startIssuing(
                "PGlite",
                { validitySeconds: 6 * 86_400, externalAccount: { keyId: "kid-1", macKey } },
                { acmeExternalKeyId: "kid-1", acmeExternalKeyFile: `${folder}/mac` },
            );
            try {
                const { context, makeSite, tick, pass, pebble } = issuing;
                const site = await makeSite();
                assert.equal(await tick(), 1);
                assert.match(pebble.log(), /Successful newAccount Binding with CA using kid "kid-1"/);
                const row = await findCertificate(context.store.database, site.member.accountId, site.hostname);
                assert.ok(
                    Math.abs((row?.expires_at.getTime() as number) - (row?.renew_from?.getTime() as number) - 2 * day) <
                        2 * minute,
                );
                pass(3.9 * day);
                assert.equal(await tick(), 0);
                pass(0.2 * day);
                assert.equal(await tick(), 1);
                assert.equal(pebble.issued(), 2);
            } finally {
                await issuing.stop();
            }
        });
    });

    it("that refuses a hostname, or is not there, is not asked again at once", async () => {
        const issuing = await startIssuing("PGlite", { blocked: ["acme.example"] });
        const { context, makeSite, tick, pebble } = issuing;
        try {
            const site = await makeSite();
            assert.equal(await tick(), 1);
            const { order } = await getHttps(context, site.member, site.hostname);
            assert.match(order?.last_error ?? "", /^The certificate of .* could not be issued: .*policy/i);
            await pebble.stop();
            const second = await makeSite();
            assert.equal(await tick(), 1);
            const { order: unreachable } = await getHttps(context, second.member, second.hostname);
            assert.match(unreachable?.last_error ?? "", /could not be issued: localhost:\d+ does not answer/);
            assert.equal(await tick(), 0);
        } finally {
            await issuing.stop();
        }
    });
});
