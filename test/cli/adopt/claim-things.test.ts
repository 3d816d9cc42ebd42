import assert from "node:assert/strict";
import { claimThings } from "../../../cli/adopt/claim-things";
import type { ImportedResource } from "../../../cli/export/import-file";
import { Client } from "../../../client/client";
import { resourceTypeOf } from "../../../provider/run/resource-kind";
import { makeClaim } from "../../support/claims";
import { startFaultProxy } from "../../support/fault-proxy";
import { openTestSession, type TestSession } from "../../support/provider";
import { fresh } from "../../support/stores";

const stack = { project: "agency", stack: "prod" };

function imported(
    kind: Parameters<typeof resourceTypeOf>[0],
    name: string,
    id: string,
    outputs = {},
): ImportedResource {
    return { type: resourceTypeOf(kind), name, id, inputs: {}, outputs };
}

/** A site with a member, and a resource for each of its things. */
async function makeImport(session: TestSession) {
    const { api } = session.platform;
    const hostname = `${fresh("www")}.acme.example`;
    const { account, application } = await api.makeSite(fresh("Acme"), hostname);
    const email = `${fresh("jane")}@agency.example`;
    await api.must("POST", `/account/${account}/user`, { email, accountCapability: "readonly" });
    const site = `${account}/${application}`;
    const resources = [
        imported("organization", "acme", String(account)),
        imported("membership", "jane", `${account}/${email}`),
        imported("application", "www", site),
        imported("environment", "production", `${site}/Production`),
        imported("domain", "own", `${site}/Production/${hostname}`),
    ];
    const hold = (resource: string, thing: object, expected: string | null = null, by = "other") =>
        api.must("POST", `/account/${account}/claims`, {
            claims: [{ thing, expected, claim: makeClaim(resource, by) }],
        });
    /** The claims of its things, in the order of the resources. */
    const look = async (): Promise<({ id: string; stack: string; resource: string } | undefined)[]> => {
        const graph = await api.get("/account/graph?detail=true");
        const organization = graph.find(({ id }: { id: number }) => id === account);
        const [{ claim, environments }] = organization.applications;
        const member = organization.members.find((each: { email: string }) => each.email === email);
        return [organization.claim, member.claim, claim, environments[0].claim, environments[0].domains[0].claim];
    };
    return { account, application, email, resources, hold, look };
}

const remembered = (resources: readonly ImportedResource[]) => resources.map(({ outputs }) => outputs.__claim);

describe("claims of an adoption", function () {
    this.timeout(60_000);

    it("are of every thing, with the resource's name, and the state remembers them; a repeated one takes them again", async () => {
        const session = await openTestSession();
        const { resources, look } = await makeImport(session);
        const first = await claimThings(session, stack, resources);
        assert.deepEqual(
            (await look()).map((claim) => [claim?.id, claim?.stack, claim?.resource]),
            first.map(({ outputs, name }) => [outputs.__claim, "prod", name]),
        );
        // the import that followed failed: the state knows none of them
        const second = await claimThings(session, stack, resources);
        assert.deepEqual(
            (await look()).map((claim) => claim?.id),
            remembered(second),
        );
        assert.equal(new Set([...remembered(first), ...remembered(second)]).size, 10);
    });

    it("are refused for things of another stack, which are named with their holders; then nothing is claimed", async () => {
        const session = await openTestSession();
        const { application, resources, hold, look } = await makeImport(session);
        await hold("their-www", { application_id: application });
        await assert.rejects(claimThings(session, stack, resources), ({ code, lines }) => {
            assert.equal(code, "takes-over");
            // Production and the site's own hostname come with the site
            const names = ["www", "production", "own"];
            assert.deepEqual(
                lines,
                names.map((name) => `  ${name}: agency/other their-www`),
            );
            return true;
        });
        assert.deepEqual(
            (await look()).map((claim) => claim?.resource),
            [undefined, undefined, "their-www", undefined, undefined],
        );
    });

    it("are taken over with SECTION_ADOPT: all, or those that it names and no other", async () => {
        const session = await openTestSession();
        const { application, email, resources, hold, look } = await makeImport(session);
        await hold("their-www", { application_id: application });
        await hold("their-jane", { email });
        const allowing = (adopt: "all" | string[]) => ({ ...session, settings: { ...session.settings, adopt } });
        const named = allowing(["www", "production", "own"]);
        await assert.rejects(claimThings(named, stack, resources), ({ lines }) => {
            assert.deepEqual(lines, ["  jane: agency/other their-jane"]);
            return true;
        });
        await claimThings(allowing("all"), stack, resources);
        assert.deepEqual(
            (await look()).map((claim) => [claim?.stack, claim?.resource]),
            resources.map(({ name }) => ["prod", name]),
        );
    });

    it("of a team are those of its people, under one id, and of nobody else", async () => {
        const session = await openTestSession();
        const { account, email, look } = await makeImport(session);
        const members = { [email]: "readonly", "nobody@agency.example": "state" };
        const claimed = await claimThings(session, stack, [imported("team", "people", String(account), { members })]);
        const [, jane, ...others] = await look();
        assert.deepEqual([jane?.id, jane?.resource], [claimed[0]?.outputs.__claim, "people"]);
        assert.deepEqual(others, [undefined, undefined, undefined]);
    });

    it("are refused when another stack takes a thing between the look and the request, and leave it to that one", async () => {
        const session = await openTestSession();
        const { resources, hold, look } = await makeImport(session);
        const proxy = await startFaultProxy(session.platform.url);
        try {
            const slow = new Client({ endpoint: proxy.url, token: session.platform.token });
            proxy.decide(({ method }) => (method === "POST" ? { lateByMs: 300 } : "pass"));
            const claiming = claimThings({ ...session, client: slow }, stack, resources);
            while (!proxy.seen.some(({ method }) => method === "POST"))
                await new Promise((resolve) => setTimeout(resolve, 5));
            await hold("quicker", {});
            await assert.rejects(claiming, ({ code, lines }) => {
                assert.deepEqual([code, lines], ["claim-held", ["  acme: belongs to agency/other quicker now"]]);
                return true;
            });
            assert.deepEqual(
                (await look()).map((claim) => claim?.resource),
                ["quicker", "jane", "www", "production", "own"],
            );
        } finally {
            await proxy.close();
        }
    });

    it("are none where the endpoint has none", async () => {
        const session = await openTestSession({ extensions: false });
        const resources = [imported("organization", "acme", "1", { name: "Acme" })];
        assert.deepEqual(await claimThings(session, stack, resources), resources);
    });
});
