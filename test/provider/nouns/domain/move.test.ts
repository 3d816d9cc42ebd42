import assert from "node:assert/strict";
import { readCertificate, uploadCertificate } from "../../../../client/certificates";
import { attachDomain, detachDomain } from "../../../../client/domains";
import { createEnvironment, listEnvironments } from "../../../../client/environments";
import { domainNoun } from "../../../../provider/nouns/domain/domain";
import { arriveDomain, planMove } from "../../../../provider/nouns/domain/move";
import { unknownValue } from "../../../../provider/run/unknown";
import { issueChain } from "../../../support/certificates";
import { makeClaim } from "../../../support/claims";
import { openTestSession, type TestSession } from "../../../support/provider";
import { fresh } from "../../../support/stores";

async function makePlaces(session: TestSession) {
    const hostname = `${fresh("move")}.acme.example`;
    const { id: organization, applications } = await session.platform.api.must("POST", "/account/create", {
        name: "Acme",
        hostname,
        origin: "192.0.2.1",
    });
    const production = { organization, application: applications[0].id, environment: "Production" };
    const staging = { ...production, environment: "Staging" };
    await createEnvironment(session.client, staging, { from: "Production", hostname: `staging.${hostname}` });
    const shop = `shop.${hostname}`;
    const idIn = ({ environment }: { environment: string }) =>
        `${organization}/${production.application}/${environment}`;
    await attachDomain(session.client, production, shop);
    return { shop, production, staging, idIn };
}

async function placeOf(session: TestSession, { production, shop }: Awaited<ReturnType<typeof makePlaces>>) {
    const environments = await listEnvironments(session.client, production);
    return environments
        .filter(({ domains }) => domains.some(({ hostname }) => hostname === shop))
        .map(({ name }) => name);
}

describe("a domain that moves", function () {
    this.timeout(60_000);

    for (const extensions of [true, false]) {
        it(`is taken from where it is, and only when that was planned, ${extensions ? "in one step" : "with pure v1 in two"}`, async () => {
            const session = await openTestSession({ extensions });
            const places = await makePlaces(session);
            const { shop, production, staging, idIn } = places;
            await uploadCertificate(session.client, production.organization, shop, await issueChain([shop]));
            await assert.rejects(arriveDomain(session, staging, shop), /is attached to environment Production/);
            const id = `${idIn(production)}/${shop}`;
            const wanted = { environment: idIn(staging), hostname: shop };
            assert.deepEqual(await planMove(session, id, wanted), { isSeamless: extensions });
            assert.equal((await arriveDomain(session, staging, shop)).name, "Staging");
            assert.deepEqual(await placeOf(session, places), ["Staging"]);
            const { configured } = await readCertificate(session.client, production.organization, shop);
            assert.equal(configured, extensions, "what is detached loses its certificate, what is moved does not");
            await arriveDomain(session, staging, shop);
            assert.deepEqual(
                await placeOf(session, places),
                ["Staging"],
                "again is the same: the reply may have been lost",
            );
            await domainNoun.remove(session, { id, outputs: {} as never });
            assert.deepEqual(await placeOf(session, places), ["Staging"], "its old place has nothing to delete");
        });
    }

    it("has the claim of its new declaration from then on", async () => {
        const session = await openTestSession();
        const { shop, production, staging, idIn } = await makePlaces(session);
        const id = `${idIn(production)}/${shop}`;
        await planMove(session, id, { environment: idIn(staging), hostname: shop });
        const claim = makeClaim("shop");
        const { domains } = await arriveDomain(session, staging, shop, undefined, { claim, consents: false });
        assert.equal(domains.find(({ hostname }) => hostname === shop)?.claim?.id, claim.id);
    });

    it("of another name plans nothing to take", async () => {
        const session = await openTestSession();
        const { shop, production, staging, idIn } = await makePlaces(session);
        const id = `${idIn(production)}/${shop}`;
        assert.equal(
            await planMove(session, id, { environment: idIn(staging), hostname: "other.acme.example" }),
            undefined,
        );
        await assert.rejects(arriveDomain(session, staging, shop), { code: "domain-elsewhere" });
        const unknown = { environment: unknownValue, hostname: shop };
        assert.deepEqual(await planMove(session, id, unknown), { isSeamless: true }, "a preview knows that it moves");
    });

    it("between applications is taken in one step; pure v1 detaches and attaches, and where that fails it goes back", async () => {
        const seamless = await openTestSession();
        const [from, to] = [await makePlaces(seamless), await makePlaces(seamless)];
        const moving = { environment: to.idIn(to.staging), hostname: from.shop };
        assert.deepEqual(await planMove(seamless, `${from.idIn(from.production)}/${from.shop}`, moving), {
            isSeamless: true,
        });
        assert.equal((await arriveDomain(seamless, to.staging, from.shop)).name, "Staging");
        assert.deepEqual(await placeOf(seamless, from), []);

        const session = await openTestSession({ extensions: false });
        const places = await makePlaces(session);
        const { shop, production, idIn } = places;
        const id = `${idIn(production)}/${shop}`;
        const other = await makePlaces(session);
        assert.deepEqual(await planMove(session, id, { environment: other.idIn(other.staging), hostname: shop }), {
            isSeamless: false,
        });
        await assert.rejects(
            arriveDomain(session, { ...other.staging, environment: "Nowhere" }, shop),
            /there is no environment .*\/Nowhere/,
        );
        assert.deepEqual(await placeOf(session, places), ["Production"]);
        const bad = { publicCertificates: "nothing", privateKey: "nothing" };
        await assert.rejects(arriveDomain(session, other.staging, shop, bad), { status: 400 });
        assert.deepEqual(await placeOf(session, places), ["Production"], "what is refused there is here again");
        assert.equal((await arriveDomain(session, other.staging, shop)).name, "Staging");
        await detachDomain(session.client, other.staging, shop);
    });
});
