import assert from "node:assert/strict";
import * as section from "pulumi-section";
import { type RunningPlatform, startPlatform, withFolder } from "../support/platform";
import { openStack, type TestStack } from "../support/stack";

interface Site {
    hostname: string;
    ttl: string;
}

const vcl = (line: string) =>
    `vcl 4.0;\n\nbackend default {\n    .host = "next-hop";\n    .port = "80";\n}\n\n${line}\n`;

/** Two clients, one shared configuration. */
function agency(clients: Record<string, { people: string[]; sites: Site[] }>, shared: string) {
    return async () => {
        for (const [name, { people, sites }] of Object.entries(clients)) {
            const organization = new section.Organization(name, { name: `Client ${name}` });
            for (const email of people)
                new section.Membership(`${name}-${email}`, { organization: organization.id, email, role: "readonly" });
            for (const { hostname, ttl } of sites) {
                const application = new section.Application(hostname, {
                    organization: organization.id,
                    hostname,
                    origin: "origin.example.net",
                });
                const config = { "varnish/default.vcl": vcl(`# ${shared}, ${ttl}`) };
                new section.Environment(`${hostname}-staging`, {
                    application: application.id,
                    name: "Staging",
                    hostname: `staging.${hostname}`,
                    origin: "192.0.2.1",
                    config,
                });
                new section.Environment(`${hostname}-production`, {
                    application: application.id,
                    name: "Production",
                    config,
                });
                new section.Domain(`${hostname}-alias`, {
                    environment: application.production,
                    hostname: `alias.${hostname}`,
                });
            }
        }
    };
}

const acme = { people: ["jane@agency.example"], sites: [{ hostname: "www.acme.example", ttl: "1h" }] };
const bakery = {
    people: ["karin@bakery.example"],
    sites: [
        { hostname: "www.bakery.example", ttl: "2h" },
        { hostname: "order.bakery.example", ttl: "5s" },
    ],
};

describe("an agency's life", () => {
    let platform: RunningPlatform;
    before(async () => {
        platform = await startPlatform();
    });
    after(() => platform.close());

    it("goes from nothing to sites, through every change, and back to nothing", async () => {
        await withFolder(async (folder) => {
            const environment = { SECTION_ENDPOINT: platform.url, SECTION_TOKEN: platform.token };
            const stack: TestStack = await openStack({
                folder,
                environment,
                program: agency({ acme, bakery }, "first"),
            });

            const first = await stack.up();
            assert.equal(first.changes.create, 1 + 2 + 2 + 3 * 4, "from nothing");
            const graph = await platform.api.get("/account/graph");
            assert.deepEqual(
                graph
                    .map(({ account_name, applications }: { account_name: string; applications: unknown[] }) => [
                        account_name,
                        applications.length,
                    ])
                    .sort(),
                [
                    ["Client acme", 1],
                    ["Client bakery", 2],
                ],
            );

            const again = await stack.up();
            assert.deepEqual(again.changes, { same: 17 }, "again: nothing");

            stack.setProgram(agency({ acme, bakery }, "second"));
            const preview = await stack.preview({ diff: true });
            assert.deepEqual(
                preview.changes,
                { same: 11, update: 6 },
                "one shared line is six environments and nothing else",
            );
            assert.match(preview.stdout, /- # first, 1h\s+\+ # second, 1h/);
            assert.equal((await stack.up()).changes.update, 6);
            const { account, application } = await locate(platform, "Client acme", "www.acme.example");
            const commits = await platform.api.get(
                `/account/${account}/application/${application}/environment/Production/commits`,
            );
            assert.deepEqual(
                commits.map(({ message }: { message: string }) => message.replace(/:.*/s, "")),
                ["Configure Production", "Configure Production", "initial section.config.json"],
                "one commit per up",
            );

            const oneSite = {
                ...bakery,
                sites: bakery.sites.slice(0, 1),
                people: [...bakery.people, "new@bakery.example"],
            };
            const less = await stack.up({ program: agency({ acme, bakery: oneSite }, "second") });
            assert.deepEqual([less.changes.delete, less.changes.create], [4, 1], "a site goes, a person comes");

            const museum = { people: [], sites: [{ hostname: "www.museum.example", ttl: "1d" }] };
            const more = await stack.up({ program: agency({ acme, museum }, "second") });
            assert.deepEqual([more.changes.create, more.changes.delete], [5, 7], "a client comes, a client goes");

            const { changes: gone } = await stack.destroy();
            assert.ok((gone.delete ?? 0) > 0);
            assert.deepEqual(await platform.api.get("/account"), [], "nothing is left");
            await stack.up();
            await stack.destroy();
        });
    });

    it("renames an organization in place", async () => {
        await withFolder(async (folder) => {
            const environment = { SECTION_ENDPOINT: platform.url, SECTION_TOKEN: platform.token };
            const named = (name: string) => async () => ({ id: new section.Organization("acme", { name }).id });
            const stack = await openStack({ folder, environment, program: named("Acme") });
            const { outputs } = await stack.up();
            const renamed = await stack.up({ program: named("Acme & Sons") });
            assert.equal(renamed.changes.update, 1);
            assert.equal(renamed.outputs.id, outputs.id);
            assert.deepEqual(
                (await platform.api.get("/account")).map(({ account_name }: { account_name: string }) => account_name),
                ["Acme & Sons"],
            );
            await stack.destroy();
        });
    });
});

async function locate(
    { api }: RunningPlatform,
    organization: string,
    hostname: string,
): Promise<{ account: number; application: number }> {
    const account = (await api.get("/account")).find(
        ({ account_name }: { account_name: string }) => account_name === organization,
    ).id;
    const application = (await api.get(`/account/${account}/application`)).find(
        ({ application_name }: { application_name: string }) => application_name === hostname,
    ).id;
    return { account, application };
}
