import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import * as section from "pulumi-section";
import { openStack } from "../harness/stack";
import { mustGit } from "../support/git";
import { type RunningPlatform, startPlatform, withFolder } from "../support/platform";
import { requireSome } from "../support/require-some";
import { openStack as openEngineStack, type TestStack } from "../support/stack";

interface StateResource {
    urn: string;
    type: string;
    id?: string;
    protect?: boolean;
    dependencies?: string[];
    parent?: string;
    deletedWith?: string;
    provider?: string;
}

async function resourcesOf(stack: TestStack): Promise<StateResource[]> {
    return (JSON.parse(await stack.state()) as { checkpoint: { latest: { resources: StateResource[] } } }).checkpoint
        .latest.resources;
}

const nameOf = ({ urn }: StateResource) => urn.split("::").at(-1) as string;
const kindOf = ({ type }: StateResource) => type.split(":").at(-1) as string;

/** Kind and name -> id, of every resource with an id. */
async function idsOf(stack: TestStack): Promise<Record<string, string | undefined>> {
    return Object.fromEntries((await resourcesOf(stack)).map((each) => [`${kindOf(each)} ${nameOf(each)}`, each.id]));
}

const vcl = (line: string) =>
    `vcl 4.0;\n\nbackend default {\n    .host = "next-hop";\n    .port = "80";\n}\n\n# ${line}\n`;

const acme: section.ClientArgs = {
    name: "Acme",
    people: { "olaf@acme.example": "readonly", "ada@agency.example": "state" },
    sites: [
        {
            hostname: "a-b.c.example",
            origin: "origin.acme.example",
            variables: { ttl: "1h" },
            aliases: ["acme.example"],
            staging: {},
        },
        { hostname: "a.b-c.example", origin: "origin.acme.example", variables: { ttl: "2h" } },
    ],
};
const bakery: section.ClientArgs = {
    name: "Bäckerei Lindqvist",
    sites: [
        {
            hostname: "www.lindqvist.example",
            origin: { address: "192.0.2.40", enableSni: true },
            variables: { ttl: 60 },
            stagingFirst: true,
            staging: {},
        },
    ],
};
const museum: section.ClientArgs = {
    name: "A Museum",
    sites: [{ hostname: "www.a-museum.example", origin: "192.0.2.50", variables: { ttl: "5m" } }],
};
const staff: section.People = { "ada@agency.example": "admin", "bo@agency.example": "admin" };

/** The same in another order, all the way down. */
function backwards(clients: readonly section.ClientArgs[]): section.ClientArgs[] {
    const turned = (people: section.People = {}) => Object.fromEntries(Object.entries(people).reverse());
    return [...clients]
        .reverse()
        .map((client) => ({ ...client, people: turned(client.people), sites: [...(client.sites ?? [])].reverse() }));
}

describe("components", () => {
    let platform: RunningPlatform;
    beforeEach(async () => {
        platform = await startPlatform();
    });
    afterEach(() => platform.close());

    async function openAgency(
        folder: string,
        program: pulumi.automation.PulumiFn,
        open = openStack,
    ): Promise<TestStack> {
        await mkdir(path.join(folder, "proxy/varnish"), { recursive: true });
        await writeFile(path.join(folder, "proxy/varnish/default.vcl"), vcl("{{hostname}} {{environment}} {{ttl}}"));
        return open({
            folder,
            program,
            environment: { SECTION_ENDPOINT: platform.url, SECTION_TOKEN: platform.token },
        });
    }

    it("an agency's list is reordered, grows and shrinks, and nothing else is touched", () =>
        withFolder(async (folder) => {
            const agency = (clients: section.ClientArgs[], people: section.People) => async () => {
                const { organizationIds, sites } = new section.Agency("agency", {
                    clients,
                    staff: people,
                    baseConfig: path.join(folder, "proxy"),
                });
                const site = sites["a-b.c.example"];
                return { organizationIds, dns: site?.dns, head: site?.stagingHead, gitUrl: site?.gitUrl };
            };
            const stack = await openAgency(folder, agency([acme, bakery], staff));
            const first = await stack.up();
            assert.deepEqual(first.changes, { create: 20 });
            const kinds = (await resourcesOf(stack)).map(kindOf);
            const count = (kind: string) => kinds.filter((each) => each === kind).length;
            assert.deepEqual(
                ["Agency", "Organization", "Membership", "ClientSite", "Application", "Environment", "Domain"].map(
                    count,
                ),
                [1, 2, 3 + 2, 3, 3, 2 + 1 + 1, 1],
                "stagingFirst leaves Production alone",
            );
            const ids = await idsOf(stack);
            assert.ok(ids["Application agency/backerei-lindqvist/www.lindqvist.example"], Object.keys(ids).join("\n"));
            assert.deepEqual(
                (first.outputs.dns as section.SiteDnsRecord[]).map(
                    ({ environment, type, name }) => `${environment} ${type} ${name}`,
                ),
                [
                    "Production CNAME a-b.c.example",
                    "Production ALIAS acme.example",
                    "Staging CNAME staging-a-b.c.example",
                ],
            );
            assert.match(String(first.outputs.head), /^[0-9a-f]{40}$/);
            assert.match(String(first.outputs.gitUrl), /a-b\.c\.example\.git$/);
            const account = (first.outputs.organizationIds as Record<string, string>).acme;
            const roles = (await platform.api.get(`/account/${account}/user`)).map(
                ({ email, accountCapability }: { email: string; accountCapability: string }) =>
                    `${email} ${accountCapability}`,
            );
            assert.ok(roles.includes("ada@agency.example state"), "the client's list beats the staff's");

            const turned = agency(backwards([acme, bakery]), Object.fromEntries(Object.entries(staff).reverse()));
            assert.deepEqual(
                Object.keys((await stack.up({ program: turned })).changes),
                ["same"],
                "another order is no change",
            );
            assert.deepEqual(await idsOf(stack), ids);

            const grown = await stack.up({
                program: agency([museum, acme, bakery], { ...staff, "cy@agency.example": "readonly" }),
            });
            assert.deepEqual(
                grown.changes,
                { same: 20, create: 1 + 3 + 1 + 1 + 1 + 2 },
                "a client comes first, and a colleague to all",
            );

            const shrunk = await stack.up({
                program: agency([museum, { ...acme, sites: acme.sites?.slice(1) }], staff),
            });
            assert.deepEqual(Object.keys(shrunk.changes).sort(), ["delete", "same"]);
            const after = await idsOf(stack);
            const kept = Object.entries(after).filter(([name]) => name in ids);
            for (const [name, id] of requireSome(kept)) assert.equal(id, ids[name], `${name} is what it was`);
            assert.deepEqual(
                (await platform.api.get("/account"))
                    .map(({ account_name }: { account_name: string }) => account_name)
                    .sort(),
                ["A Museum", "Acme"],
            );

            const renamed = await stack.up({
                program: agency(
                    [museum, { ...acme, key: "acme", name: "Acme & Sons", sites: acme.sites?.slice(1) }],
                    staff,
                ),
            });
            assert.deepEqual(
                Object.keys(renamed.changes).sort(),
                ["same", "update"],
                "a client with a key of its own is renamed in place",
            );
            assert.equal(renamed.changes.update, 1);

            await stack.destroy();
            assert.deepEqual(await platform.api.get("/account"), []);
        }));

    it("a site promotes staging, teams are complete, and taking the lines away goes back", () =>
        withFolder(async (folder) => {
            const people = { "temp@agency.example": { role: "readonly", until: "2099-12-31" } } as const;
            const agency = (ttl: string, isPromoted: boolean) => async () => {
                const site = {
                    hostname: "www.acme.example",
                    origin: "origin.acme.example",
                    variables: { ttl },
                    staging: {},
                };
                const promoted = { ...site, promote: "staging", ownership: "complete", certificate: "acme" } as const;
                const { sites } = new section.Agency("agency", {
                    clients: [{ name: "Acme", people, sites: [isPromoted ? promoted : site] }],
                    staff,
                    baseConfig: path.join(folder, "proxy"),
                    completeTeams: isPromoted,
                });
                return { gitUrl: sites["www.acme.example"]?.gitUrl };
            };
            const stack = await openAgency(folder, agency("1h", false));
            const { outputs } = await stack.up();
            const production = path.join(folder, "production");
            await mustGit(
                folder,
                platform.token,
                "clone",
                "--quiet",
                "--branch",
                "Production",
                String(outputs.gitUrl),
                production,
            );
            const served = async () => {
                await mustGit(production, platform.token, "pull", "--quiet");
                return /^# .*$/m.exec(await readFile(path.join(production, "varnish/default.vcl"), "utf8"))?.[0];
            };
            const members = async () =>
                (await platform.api.get("/account/1/user")).map(({ email }: { email: string }) => email).sort();
            assert.equal(await served(), "# www.acme.example Production 1h");
            const everybody = await members();
            await platform.api.must("POST", "/account/1/user", {
                email: "stranger@elsewhere.example",
                accountCapability: "readonly",
            });

            const { stdout } = await stack.up({ program: agency("2h", true) });
            assert.match(
                stdout,
                /www\.acme\.example gets no certificate: this platform issues none, as no authority is set up; declare a certificate of its own, or ask the platform's operator/,
            );
            assert.equal(
                await served(),
                "# www.acme.example Staging 2h",
                "Production has what staging is at, in the same up",
            );
            assert.deepEqual(await members(), everybody, "the stranger is gone, nobody else");
            const kinds = (await resourcesOf(stack)).map(kindOf);
            assert.deepEqual(
                ["Membership", "Team", "Domain"].map((kind) => kinds.filter((each) => each === kind).length),
                [0, 1, 1],
            );

            await stack.up({ program: agency("3h", false) });
            assert.equal(await served(), "# www.acme.example Production 3h");
            assert.deepEqual(await members(), everybody);
            await stack.destroy();
            assert.deepEqual(await platform.api.get("/account"), []);
        }));

    it("bare resources move into components, and components get other names, without a replacement", () =>
        withFolder(async (folder) => {
            const config = { "varnish/default.vcl": vcl("bare") };
            const bare = async () => {
                const organization = new section.Organization("acme-org", { name: "Acme" }).id;
                new section.Membership("olaf", { organization, email: "olaf@acme.example", role: "readonly" });
                const www = new section.Application("www", {
                    organization,
                    hostname: "www.acme.example",
                    origin: "origin.acme.example",
                });
                new section.Environment("www-production", {
                    application: www.id,
                    name: "Production",
                    origin: "origin.acme.example",
                    config,
                });
                new section.Environment("www-staging", {
                    application: www.id,
                    name: "Staging",
                    hostname: "test.acme.example",
                    origin: "192.0.2.1",
                    config,
                });
                new section.Domain("www-alias", { environment: www.production, hostname: "acme.example" });
            };
            const before: Record<string, string> = {
                "agency/acme": "acme-org",
                "agency/acme/olaf@acme.example": "olaf",
                "agency/acme/www.acme.example": "www",
                "agency/acme/www.acme.example/Production": "www-production",
                "agency/acme/www.acme.example/Staging": "www-staging",
                "agency/acme/www.acme.example/acme.example": "www-alias",
            };
            const moved: pulumi.ResourceTransform = ({ custom, name, props, opts }) => {
                if (!custom || before[name] === undefined) return undefined;
                return {
                    props,
                    opts: pulumi.mergeOptions(opts, {
                        aliases: [{ name: before[name], parent: pulumi.rootStackResource }],
                    }),
                };
            };
            const site = {
                hostname: "www.acme.example",
                origin: "origin.acme.example",
                aliases: ["acme.example"],
                staging: { hostname: "test.acme.example", origin: "192.0.2.1" },
                config,
            };
            const agency = (name: string, options: pulumi.ComponentResourceOptions) => async () => {
                new section.Agency(
                    name,
                    { clients: [{ name: "Acme", people: { "olaf@acme.example": "readonly" }, sites: [site] }] },
                    options,
                );
            };
            const stack = await openAgency(folder, bare, openEngineStack);
            await stack.up();
            const ids = Object.values(await idsOf(stack)).filter((id) => id !== undefined);
            const wrapped = await stack.up({ program: agency("agency", { transforms: [moved] }) });
            assert.deepEqual(wrapped.changes, { create: 2, same: 7 }, "the components themselves are all that is new");
            const renamed = await stack.up({ program: agency("studio", { aliases: [{ name: "agency" }] }) });
            assert.deepEqual(renamed.changes, { same: 9 });
            assert.ok((await idsOf(stack))["Domain studio/acme/www.acme.example/acme.example"]);
            assert.deepEqual(new Set(Object.values(await idsOf(stack)).filter((id) => id !== undefined)), new Set(ids));
            await stack.destroy();
            assert.deepEqual(await platform.api.get("/account"), []);
        }));

    it("take parent, provider, protect, dependsOn and transforms as every Pulumi component does", () =>
        withFolder(async (folder) => {
            class Company extends pulumi.ComponentResource {
                constructor() {
                    super("test:index:Company", "company");
                }
            }
            const program = (protect: boolean) => async () => {
                const provider = new section.Provider("other", { endpoint: platform.url, token: platform.token });
                const first = new section.Organization("first", { name: "First" }, { provider });
                const lower: pulumi.ResourceTransform = ({ type, props, opts }) =>
                    type.endsWith(":Membership") ? { props: { ...props, role: "readonly" }, opts } : undefined;
                const { clients } = new section.Agency(
                    "agency",
                    { clients: [museum], staff, variables: { ttl: "1m" }, baseConfig: path.join(folder, "proxy") },
                    { parent: new Company(), provider, protect, dependsOn: first, transforms: [lower] },
                );
                const organization = new section.Organization(
                    "last",
                    { name: "Last" },
                    { provider, dependsOn: Object.values(clients).map((each) => each.organization) },
                );
                new section.ClientSite(
                    "site",
                    { organization: organization.id, hostname: "www.last.example", origin: "192.0.2.1" },
                    { providers: [provider] },
                );
            };
            const stack = await openEngineStack({ folder, program: program(true), environment: {} });
            await mkdir(path.join(folder, "proxy/varnish"), { recursive: true });
            await writeFile(path.join(folder, "proxy/varnish/default.vcl"), vcl("{{ttl}}"));
            await stack.up();
            const resources = await resourcesOf(stack);
            const below = resources.filter(({ urn }) => urn.includes("test:index:Company$section:index:Agency$"));
            assert.equal(below.length, 1 + 2 + 1 + 1 + 1, "all of it has the parent");
            for (const each of below) assert.equal(each.protect, true, `${each.urn} is protected`);
            const custom = resources.filter(({ provider }) => provider !== undefined && provider !== "");
            for (const { urn, provider } of requireSome(custom))
                assert.match(String(provider), /::other::/, `${urn} has the provider`);
            const agency = resources.find((each) => kindOf(each) === "Agency") as StateResource;
            assert.deepEqual(
                agency.dependencies?.map((urn) => urn.split("::").at(-1)),
                ["first"],
            );
            const [{ id: account }] = (await platform.api.get("/account")).filter(
                ({ account_name }: { account_name: string }) => account_name === "A Museum",
            );
            const roles = (await platform.api.get(`/account/${account}/user`)).filter(
                ({ email }: { email: string }) => email in staff,
            );
            assert.deepEqual(
                new Set(roles.map(({ accountCapability }: { accountCapability: string }) => accountCapability)),
                new Set(["readonly"]),
            );
            const members = below.filter((each) => kindOf(each) === "Membership");
            for (const { parent, deletedWith } of requireSome(members)) {
                assert.match(String(parent), /Organization::agency\/a-museum$/);
                assert.equal(deletedWith, undefined, "a refused delete of the organization would forget them");
            }
            await assert.rejects(stack.destroy(), /protected/);
            await stack.up({ program: program(false) });
            await stack.destroy();
            assert.deepEqual(await platform.api.get("/account"), []);
        }));

    it("an endpoint of plain v1 gets each organization with its first site, and asks for it where that is not said", () =>
        withFolder(async (folder) => {
            const pure = await startPlatform({ extensions: false });
            try {
                const agency = (withFirstSite: boolean) => async () => {
                    new section.Agency("agency", {
                        clients: [acme, museum],
                        staff,
                        withFirstSite,
                        baseConfig: ({ variables }) => ({ "a.txt": `${variables.ttl}` }),
                    });
                };
                const stack = await openEngineStack({
                    folder,
                    program: agency(false),
                    environment: { SECTION_ENDPOINT: pure.url, SECTION_TOKEN: pure.token },
                });
                await assert.rejects(stack.up(), /makes an organization together with its first site only/);
                await stack.up({ program: agency(true) });
                const accounts = await pure.api.get("/account");
                assert.deepEqual(accounts.map(({ account_name }: { account_name: string }) => account_name).sort(), [
                    "A Museum",
                    "Acme",
                ]);
            } finally {
                await pure.close();
            }
        }));
});
