import assert from "node:assert/strict";
import type { NewClaim } from "section-model";
import { createApplication, deleteApplication, listApplications } from "../../client/applications";
import { setClaims } from "../../client/claims";
import { attachDomain, detachDomain } from "../../client/domains";
import {
    createEnvironment,
    deleteEnvironment,
    type EnvironmentRecord,
    listEnvironments,
} from "../../client/environments";
import { readGraph } from "../../client/graph";
import { inviteMember, listMembers, removeMember } from "../../client/memberships";
import {
    createOrganization,
    createOrganizationWithSite,
    deleteOrganization,
    listOrganizations,
} from "../../client/organizations";
import { makeClaim } from "../support/claims";
import { openTestSession } from "../support/provider";
import { fresh } from "../support/stores";

describe("claims of a platform", function () {
    this.timeout(60_000);

    it("are made with things, listed, and asked for as things are deleted", async () => {
        const { client } = await openTestSession();
        const [mine, jane, www, staging, shop] = ["acme", "jane", "www", "staging", "shop"].map((name) =>
            makeClaim(name),
        ) as [NewClaim, NewClaim, NewClaim, NewClaim, NewClaim];
        const created = await createOrganization(client, "Acme", mine);
        const { id } = created;
        assert.deepEqual(created.claim, { ...mine, claimedAt: created.claim?.claimedAt });
        const listed = async () => (await listOrganizations(client)).find((each) => each.id === id);
        assert.deepEqual((await listed())?.claim, created.claim);
        const member = await inviteMember(client, id, `${fresh("jane")}@agency.example`, "readonly", jane);
        assert.equal(member?.claim?.id, jane.id);
        const hostname = `${fresh("claims")}.acme.example`;
        const site = { hostname, origin: "192.0.2.1", stack: "varnish-6.3-basic", claim: www };
        const { id: application, claim } = await createApplication(client, id, site);
        assert.equal(claim?.id, www.id);
        const place = { organization: id, application, environment: "Staging" };
        const made = await createEnvironment(client, place, {
            from: "Production",
            hostname: `staging.${hostname}`,
            claim: staging,
        });
        assert.deepEqual([made.claim?.id, made.domains[0]?.claim], [staging.id, undefined]);
        const attached = await attachDomain(client, place, `shop.${hostname}`, undefined, { claim: shop });
        assert.equal(attached.domains[1]?.claim?.id, shop.id);
        const graph = (await readGraph(client)).find((each) => each.id === id);
        const shown = graph?.applications[0];
        assert.deepEqual(
            [graph?.claim?.id, graph?.members?.[1]?.claim?.id, shown?.claim?.id, shown?.environments[1]?.claim?.id],
            [mine.id, jane.id, www.id, staging.id],
        );
        assert.equal(shown?.environments[1]?.domains?.[1]?.claim?.id, shop.id);

        const removals: [NewClaim, (claim: string) => Promise<void>][] = [
            [shop, (held) => detachDomain(client, place, `shop.${hostname}`, held)],
            [staging, (held) => deleteEnvironment(client, place, held)],
            [www, (held) => deleteApplication(client, id, application, held)],
            [jane, (held) => removeMember(client, id, member?.userId as number, held)],
            [mine, (held) => deleteOrganization(client, id, held)],
        ];
        for (const [held, remove] of removals) {
            for (const other of ["none", makeClaim("other").id])
                await assert.rejects(remove(other), { code: "claim-held", status: 409 });
            await remove(held.id);
        }
        assert.equal(await listed(), undefined);
    });

    it("come with a hostname that moves, and tell whose it is that is taken", async () => {
        const { client } = await openTestSession();
        const hostname = `${fresh("hand")}.acme.example`;
        const site = { hostname, origin: "192.0.2.1" };
        const { id } = await createOrganizationWithSite(client, "Hand", site);
        const [application] = await listApplications(client, id);
        const production = { organization: id, application: application?.id as number, environment: "Production" };
        const staging = { ...production, environment: "Staging" };
        await createEnvironment(client, staging, { from: "Production", hostname: `staging.${hostname}` });
        const shop = `shop.${hostname}`;
        const [first, second, third] = [makeClaim("first"), makeClaim("second"), makeClaim("third")];
        const held = { code: "claim-held", status: 409 };
        await attachDomain(client, production, shop, undefined, { claim: first });
        const claimIn = ({ domains }: EnvironmentRecord) => domains.find((each) => each.hostname === shop)?.claim?.id;
        const take = (claim: string) =>
            attachDomain(client, staging, shop, undefined, { claim: third, takesFrom: { ...production, claim } });
        await assert.rejects(take(second.id), held);
        assert.equal(claimIn(await take(first.id)), third.id);

        const takesFrom = { ...staging, claim: "none" };
        const body = { hostname: shop, origin: "192.0.2.1", stack: "varnish-6.3-basic", claim: first, takesFrom };
        await assert.rejects(createApplication(client, id, body), held);
        const next = { ...production, environment: "Next" };
        await assert.rejects(createEnvironment(client, next, { from: "Production", hostname: shop, takesFrom }), held);
        await assert.rejects(createOrganizationWithSite(client, "Next", body, second), held);
        const made = await createOrganizationWithSite(client, "Next", { ...body, takesFrom: staging }, second);
        assert.equal(made.claim?.id, second.id);
        const [taker] = await listApplications(client, made.id);
        const taken = await listEnvironments(client, { organization: made.id, application: taker?.id as number });
        assert.deepEqual(
            [taker?.claim, taken[0]?.claim, taken[0]?.domains[0]?.claim],
            [undefined, undefined, undefined],
        );
        assert.equal(taken[0]?.domains[0]?.hostname, shop);
    });

    it("are taken over and released, and the lists that were read before are read again", async () => {
        const { client } = await openTestSession();
        const hostname = `${fresh("take")}.acme.example`;
        const first = makeClaim("first");
        const { id } = await createOrganizationWithSite(client, "Take", { hostname, origin: "192.0.2.1" }, first);
        const [application] = await listApplications(client, id);
        const place = { organization: id, application: application?.id as number };
        const read = async () => {
            const [production] = await listEnvironments(client, place);
            return [
                (await listOrganizations(client)).find((each) => each.id === id)?.claim?.resource,
                (await listMembers(client, id))[0]?.claim?.resource,
                (await listApplications(client, id))[0]?.claim?.resource,
                production?.claim?.resource,
                production?.domains[0]?.claim?.resource,
            ];
        };
        assert.deepEqual(await read(), ["first", undefined, undefined, undefined, undefined]);
        const next = ["a", "b", "c", "d", "e"].map((name) => makeClaim(name));
        const things = [
            {},
            { email: "Olga@agency.example" },
            { application: place.application },
            { application: place.application, environment: "Production" },
            { hostname },
        ];
        const outcomes = await setClaims(
            client,
            id,
            things.map((thing, index) => ({ thing, expected: null, claim: next[index] ?? null })),
        );
        assert.deepEqual(
            outcomes.map(({ thing, outcome, claim }) => [thing, outcome, claim?.resource]),
            things.map((thing, index) => [
                thing,
                index === 0 ? "held" : "set",
                index === 0 ? "first" : next[index]?.resource,
            ]),
        );
        assert.deepEqual(await read(), ["first", "b", "c", "d", "e"]);
        const [released] = await setClaims(client, id, [{ thing: {}, expected: first.id, claim: null }]);
        assert.deepEqual(released, { thing: {}, outcome: "set", claim: undefined });
        assert.deepEqual(await setClaims(client, id, []), []);
    });

    it("are sent by the five hundred, and answered in the same order", async () => {
        const { client } = await openTestSession();
        const { id } = await createOrganization(client, "Many");
        const changes = Array.from({ length: 1001 }, (_, index) => ({
            thing: index === 700 ? {} : { hostname: `nowhere${index}.acme.example` },
            expected: null,
            claim: makeClaim(`many${index}`),
        }));
        const outcomes = await setClaims(client, id, changes);
        assert.deepEqual(
            outcomes.map(({ thing }) => thing),
            changes.map(({ thing }) => thing),
        );
        assert.deepEqual(
            outcomes.flatMap(({ outcome }, index) => (outcome === "missing" ? [] : [[index, outcome]])),
            [[700, "set"]],
        );
    });
});
