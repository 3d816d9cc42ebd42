import assert from "node:assert/strict";
import { setTwoFactorRule } from "../../../platform/service/account-administration";
import { createApplication } from "../../../platform/service/applications";
import { stampClaim } from "../../../platform/service/claims";
import { addDomain } from "../../../platform/service/domains";
import { findSource, takeHostname } from "../../../platform/service/hostname-sources";
import { findDomain } from "../../../platform/store/domains";
import { insertMembership, updateMembership } from "../../../platform/store/memberships";
import { makeClaim } from "../../support/claims";
import { makeMember, sharedContext } from "../../support/context";
import { fresh } from "../../support/stores";

describe("the place that a hostname is taken from", () => {
    it("counts for an admin of its account, with the second factor that the account asks for", async () => {
        const context = await sharedContext();
        const { database } = context.store;
        const [member, other] = [await makeMember(context), await makeMember(context)];
        const place = { accountId: other.accountId, applicationId: 1, environment: "Production" };
        assert.equal(await findSource(context, member, undefined), undefined);
        assert.equal(await findSource(context, member, place), undefined);
        await insertMembership(database, other.accountId, member.caller.userId, "state");
        assert.equal(await findSource(context, member, place), undefined);
        await updateMembership(database, other.accountId, member.caller.userId, "admin");
        assert.deepEqual(await findSource(context, member, place), { ...place, caller: member.caller });
        const unverified = { ...member, caller: { ...member.caller, verified: false } };
        assert.equal(await findSource(context, unverified, place), undefined);

        const half = { ...member, caller: { ...member.caller, lacksSecondFactor: "in-some-accounts" as const } };
        assert.ok(await findSource(context, half, place));
        await setTwoFactorRule(context, other.accountId, true);
        await assert.rejects(findSource(context, half, place), { code: "second-factor" });
        assert.ok(await findSource(context, { ...half, accountId: other.accountId }, place), "it was asked before");
        assert.ok(await findSource(context, member, place));
    });

    it("counts no more once the caller is no admin there, and only where the hostname is", async () => {
        const context = await sharedContext();
        const { database } = context.store;
        const [member, other] = [await makeMember(context), await makeMember(context)];
        const hostname = `${fresh("src")}.acme.example`;
        const { id } = await createApplication(context, other, { hostname, origin: "192.0.2.1" });
        const place = { accountId: other.accountId, applicationId: id, environment: "Production" };
        const domain = await findDomain(database, other.accountId, hostname);
        assert.ok(domain);
        const source = { ...place, caller: member.caller };
        const take = (from: typeof source | undefined) =>
            context.store.transact((transaction) => takeHostname(context, transaction, hostname, from, domain));
        assert.equal(await take(undefined), undefined);
        assert.equal(await take(source), undefined, "no member");
        await insertMembership(database, other.accountId, member.caller.userId, "admin");
        for (const wrong of [{ applicationId: id + 1 }, { environment: "Staging" }, { accountId: member.accountId }])
            assert.equal(await take({ ...source, ...wrong }), undefined, JSON.stringify(wrong));
        assert.deepEqual(await take(source), { hostname, from: place, claim: null });
        await assert.rejects(addDomain(context, member, { ...place, applicationId: id }, hostname), {
            code: "not-found",
        });
    });

    it("gives a hostname with a claim only as the request expects it, and with the claim of the request", async () => {
        const context = await sharedContext();
        const { database } = context.store;
        const member = await makeMember(context);
        const hostname = `${fresh("src")}.acme.example`;
        const { id } = await createApplication(context, member, { hostname, origin: "192.0.2.1" });
        const place = { accountId: member.accountId, applicationId: id, environment: "Production" };
        const shop = `shop.${hostname}`;
        const claim = makeClaim("acme-shop");
        await addDomain(context, member, place, shop, { claim });
        const domain = await findDomain(database, member.accountId, shop);
        assert.ok(domain);
        const next = stampClaim(context, makeClaim("next"));
        const take = (expected: string | undefined, wanted?: typeof next) =>
            context.store.transact((transaction) => {
                const source = { ...place, claim: expected, caller: member.caller };
                return takeHostname(context, transaction, shop, source, domain, wanted);
            });
        for (const other of ["none", makeClaim("other").id]) {
            const message = `${shop} is held by agency/prod acme-shop`;
            await assert.rejects(take(other, next), { code: "claim-held", detail: message });
        }
        assert.deepEqual(await findDomain(database, member.accountId, shop), domain);
        assert.deepEqual(await take(claim.id, next), { hostname: shop, from: place, claim: domain.claim });
        assert.deepEqual((await findDomain(database, member.accountId, shop))?.claim, next);
        await assert.rejects(take(claim.id), { code: "claim-held", detail: `${shop} is held by agency/prod next` });
        assert.deepEqual((await take(undefined))?.claim, next, "whoever holds it");
        await assert.rejects(take(claim.id), { detail: `${shop} is held by nobody any more` });
        assert.equal((await take("none", next))?.claim, null);
    });
});
