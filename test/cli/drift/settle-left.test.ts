import assert from "node:assert/strict";
import { listClaimable, type NewClaim, readGraph } from "section-client";
import type { LeftThing } from "../../../cli/drift/find-left";
import { reasonToStay } from "../../../cli/drift/reason-to-stay";
import { refuseTooManyLeft } from "../../../cli/drift/refuse-too-many-left";
import { settleLeft, type WayToSettle } from "../../../cli/drift/settle-left";
import { Client } from "../../../client/client";
import { makeClaim } from "../../support/claims";
import { startDns } from "../../support/dns";
import { startPlatform } from "../../support/platform";
import { openTestSession, type TestSession } from "../../support/provider";
import { fresh } from "../../support/stores";

/** Everything in an organization that a stack of agency holds, as if its state had lost it. */
async function lose(session: TestSession, organization: number, stack = "prod"): Promise<LeftThing[]> {
    const graph = await readGraph(session.client);
    return listClaimable(graph).flatMap((each) => {
        const { claim } = each;
        if (each.organization !== organization || claim?.stack !== stack) return [];
        return [{ ...each, claim, session, graph, isBegun: false }];
    });
}

async function settleAll(way: WayToSettle, left: readonly LeftThing[]): Promise<string[]> {
    const lines: string[] = [];
    await settleLeft(way, left, (line) => void lines.push(line));
    return lines;
}

/** A client with a site, made by requests that claim what they make. */
async function makeSite(session: TestSession, hostname = `${fresh("www")}.acme.example`) {
    const { api } = session.platform;
    const { id: account } = await api.must("POST", "/account", { name: fresh("Acme"), claim: makeClaim("acme") });
    const site = { hostname, origin: "origin.example.net", claim: makeClaim("www") };
    const { id: application } = await api.must("POST", `/account/${account}/application/create`, site);
    const root = `/account/${account}/application/${application}/environment`;
    const addEnvironment = (name: string, claim?: NewClaim) =>
        api.must("POST", `${root}/create`, {
            name,
            source_environment_name: "Production",
            domain_name: `${name.toLowerCase()}.${hostname}`,
            claim,
        });
    const addDomain = (environment: string, label: string, claim?: NewClaim) =>
        api.must("POST", `${root}/${environment}/domain/${label}.${hostname}`, { claim });
    const claimThing = (thing: object, claim: NewClaim, expected: string | null = null) =>
        api.must("POST", `/account/${account}/claims`, { claims: [{ thing, expected, claim }] });
    const id = `${account}/${application}`;
    const list = async () =>
        listClaimable(await readGraph(new Client(session.client.connection)))
            .filter(({ organization }) => organization === account)
            .map((each) => each.id);
    return { account, application, id, hostname, addEnvironment, addDomain, claimThing, list };
}

describe("things that a state lost", function () {
    this.timeout(60_000);

    it("are removed, the deepest first, people as well", async () => {
        const session = await openTestSession();
        const { account, id, hostname, addEnvironment, addDomain, list } = await makeSite(session);
        await addEnvironment("Staging", makeClaim("staging"));
        await addDomain("Staging", "shop", makeClaim("shop"));
        const email = `${fresh("jane")}@agency.example`;
        const jane = { email, accountCapability: "readonly", claim: makeClaim("people") };
        await session.platform.api.must("POST", `/account/${account}/user`, jane);
        assert.deepEqual(await settleAll("remove", await lose(session, account)), [
            `domain ${id}/Staging/shop.${hostname} is removed`,
            `environment ${id}/Staging is removed`,
            `application ${id} is removed`,
            `membership ${account}/${email} is removed`,
            `organization ${account} is removed`,
        ]);
        assert.deepEqual(await list(), []);
    });

    it("stay with what another stack holds in them, this stack's state, or nobody; the lines name it", async () => {
        const session = await openTestSession();
        const { account, application, id, hostname, addEnvironment, addDomain, claimThing, list } =
            await makeSite(session);
        await addEnvironment("Staging", makeClaim("staging"));
        await addDomain("Staging", "shop", makeClaim("their-shop", "other"));
        await addEnvironment("Test");
        const email = `${fresh("jane")}@agency.example`;
        const jane = { email, accountCapability: "readonly", claim: makeClaim("jane") };
        await session.platform.api.must("POST", `/account/${account}/user`, jane);
        const before = await list();
        const left = (await lose(session, account)).filter(({ kind }) => kind !== "membership");
        const shop = `domain ${id}/Staging/shop.${hostname} of agency/other their-shop`;
        assert.deepEqual(await settleAll("remove", left), [
            `environment ${id}/Staging stays: it contains ${shop}`,
            `application ${id} stays: it contains ${shop}, environment ${id}/Test of nobody`,
            `organization ${account} stays: it contains membership ${account}/${email} of agency/prod jane, ${shop}, environment ${id}/Test of nobody`,
        ]);
        // the environment of nobody is declared by now, and in the state of this stack
        await claimThing({ application_id: application, environment_name: "Test" }, makeClaim("test"));
        const later = await openTestSession();
        const [, line] = await settleAll(
            "remove",
            left.map((each) => ({ ...each, session: later })),
        );
        assert.match(line ?? "", new RegExp(`, environment ${id}/Test of agency/prod test$`));
        assert.deepEqual(await list(), before);
    });

    it("stay when somebody took them meanwhile, while an up makes them, and with the site that they belong to", async () => {
        const session = await openTestSession();
        const { account, application, id, claimThing, list } = await makeSite(session);
        await claimThing({ application_id: application, environment_name: "Production" }, makeClaim("production"));
        const before = await list();
        const [organization, site, production] = await lose(session, account);
        assert.ok(organization && site && production);
        await claimThing({ application_id: application }, makeClaim("theirs", "other"), site.claim.id);
        const lines = await settleAll("remove", [{ ...organization, isBegun: true }, site, production]);
        assert.equal(lines[0], `environment ${id}/Production stays: it comes and goes with application ${id}`);
        assert.match(
            lines[1] ?? "",
            new RegExp(`^application ${id} stays: application \\d+ is held by agency/other theirs`),
        );
        assert.match(lines[2] ?? "", /^organization \d+ stays: an up is making it, or was killed while it made it/);
        assert.deepEqual(await list(), before);
    });

    it("stay, all of them, when more would go than section:maxDeletes; one refusal says how many, and what to do", async () => {
        const session = await openTestSession({ maxDeletes: 2 });
        const { account, list, addEnvironment, addDomain } = await makeSite(session);
        await addEnvironment("Staging", makeClaim("staging"));
        await addDomain("Staging", "shop", makeClaim("shop"));
        const [before, left] = [await list(), await lose(session, account)];
        const lines: string[] = [];
        await assert.rejects(
            settleLeft("remove", left, (line) => void lines.push(line)),
            /^Problem: 3 things would be deleted at once \(1 organization, 1 site, 1 environment\), and section:maxDeletes is 2\. Nothing was removed\. .*drift --left release\. .*SECTION_MAX_DELETES=3 pulumi-section drift --left remove\. The limit is set in the stack config, /,
        );
        assert.deepEqual([lines, await list()], [[], before]);
        assert.throws(() => refuseTooManyLeft(left), /3 things/, "before anybody is asked, too");
        // what stays anyway does not count
        const [organization, ...others] = left;
        assert.ok(organization);
        const rest = [{ ...organization, isBegun: true }, ...others];
        assert.equal((await settleAll("remove", rest)).filter((line) => line.endsWith("is removed")).length, 3);
    });

    it("stay when the state of another stack has them, and so does what they are in, whatever their claims say", async () => {
        const session = await openTestSession();
        const { account, id, list } = await makeSite(session);
        const [before, [organization, site]] = [await list(), await lose(session, account)];
        assert.ok(organization && site);
        const left = [organization, { ...site, heldBy: "bakery" }];
        assert.equal(reasonToStay(organization, [site], left), `it contains application ${id} of stack bakery`);
        assert.deepEqual(await settleAll("remove", left), [
            `application ${id} stays: the state of stack bakery has it`,
            `organization ${account} stays: it contains application ${id} of stack bakery`,
        ]);
        assert.equal(
            (await settleAll("release", left.slice(1)))[0],
            `application ${id} stays: the state of stack bakery has it`,
        );
        assert.deepEqual(await list(), before);
        assert.equal((await lose(session, account)).length, 2, "the claims stay, too");
    });

    it("stay and are nobody's when they are released, unless somebody took them meanwhile", async () => {
        const session = await openTestSession();
        const { account, application, id, claimThing, list } = await makeSite(session);
        const before = await list();
        const left = await lose(session, account);
        await claimThing({ application_id: application }, makeClaim("theirs", "other"), left[1]?.claim.id);
        assert.deepEqual(await settleAll("release", left), [
            `application ${id} stays, and belongs to agency/other theirs now`,
            `organization ${account} stays, and belongs to nobody now`,
        ]);
        assert.deepEqual(await list(), before);
        assert.deepEqual(await lose(session, account), []);
    });

    it("stay while they serve visitors, whatever the settings allow", async () => {
        const dns = await startDns(new Map([["www.acme.example", "www.acme.example.c.section.io"]]));
        const platform = await startPlatform({ dnsServers: [dns.address] });
        try {
            const connection = { endpoint: platform.url, token: platform.token };
            const open = await openTestSession({ allowLiveDelete: true });
            const session = { ...open, platform, client: new Client(connection) };
            const { account, id, list } = await makeSite(session, "www.acme.example");
            const [line] = await settleAll("remove", (await lose(session, account)).slice(1));
            assert.match(line ?? "", new RegExp(`^application ${id} stays: www\\.acme\\.example serves visitors`));
            assert.ok((await list()).includes(id));
        } finally {
            await platform.close();
            dns.close();
        }
    });
});
