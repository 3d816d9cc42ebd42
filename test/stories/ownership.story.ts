import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import * as section from "pulumi-section";
import { kindOfType, splitUrn } from "pulumi-section/internal";
import { type RunningPlatform, startPlatform, withFolder } from "../support/platform";
import { openStack, typeHere } from "../support/stack";

/** A client with two sites, one of them with everything that a site can have. Names are those in the program. */
const client =
    ({ www = "www", hostname = "www.acme.example", shop = "shop", parent }: Partial<Record<string, string>> = {}) =>
    async () => {
        const within = parent === undefined ? {} : { parent: new pulumi.ComponentResource("agency:Client", parent) };
        const acme = new section.Organization("acme", { name: "Acme" }, within);
        const origin = "192.0.2.1";
        const site = new section.Application(www, { organization: acme.id, hostname, origin }, within);
        const copy = { application: site.id, name: "Staging", hostname: `staging.${hostname}` };
        new section.Environment(`${www}-staging`, copy, within);
        new section.Domain(`${www}-alias`, { environment: site.production, hostname: `alias.${hostname}` }, within);
        new section.Application(shop, { organization: acme.id, hostname: "shop.acme.example", origin }, within);
        new section.Membership("ada", { organization: acme.id, email: "ada@agency.example", role: "state" }, within);
    };

interface Kept {
    urn: string;
    id?: string;
    inputs?: Record<string, unknown>;
    outputs?: Record<string, unknown>;
}

/** The resources of a state file, without the engine's own notes. */
const resourcesOf = (state: string): Kept[] =>
    JSON.parse(state).checkpoint.latest.resources.map(({ urn, id, inputs, outputs }: Kept) => ({
        urn,
        id,
        inputs,
        outputs,
    }));

describe("a thing that is declared", () => {
    let platform: RunningPlatform;
    before(async () => {
        platform = await startPlatform();
    });
    after(() => platform.close());
    const settings = () => ({ SECTION_ENDPOINT: platform.url, SECTION_TOKEN: platform.token });

    interface Seen {
        id: number;
        members: { email: string }[];
        applications: {
            id: number;
            application_name: string;
            environments: { environment_name: string; domains: { name: string }[]; head: unknown }[];
        }[];
    }

    /** Everything on the platform, with ids: a thing that is made again has another id. */
    const see = async () =>
        ((await platform.api.get("/account/graph?detail=true")) as Seen[]).map(({ id, members, applications }) => ({
            id,
            people: members.map(({ email }) => email).sort(),
            sites: applications.map(({ application_name }) => application_name).sort(),
            content: applications.map(({ id: application, environments }) => ({
                application,
                environments: environments.map(({ environment_name, domains, head }) => ({
                    environment_name,
                    head,
                    hostnames: domains.map(({ name }) => name).sort(),
                })),
            })),
        }));

    /** Runs `before` and then `after` as an edit of one program, and hands over the output of the second run. */
    async function edit(before: PulumiFn, after: PulumiFn, look: (stdout: string) => Promise<void>): Promise<void> {
        await withFolder(async (folder) => {
            const stack = await openStack({ folder, program: before, environment: settings() });
            await stack.up();
            const { stdout } = await stack.up({ program: after });
            await look(stdout);
            assert.deepEqual((await stack.refresh()).changes.update ?? 0, 0, "it is as the state remembers it");
            await stack.destroy();
            assert.deepEqual(await platform.api.get("/account"), [], "a destroy removes all of it");
        });
    }

    it("stays when its resource gets another name, also two at once, and when it moves into a component", () =>
        withFolder(async (folder) => {
            const stack = await openStack({ folder, program: client(), environment: settings() });
            await stack.up();
            const made = await see();
            const renamed = await stack.up({ program: client({ www: "www2" }) });
            assert.deepEqual(renamed.changes, { create: 3, delete: 3, same: 4 }, renamed.stdout);
            assert.deepEqual(await see(), made);
            for (const line of [
                /application \d+\/\d+ is kept: now declared as www2$/m,
                /environment \d+\/\d+\/Staging is kept: now declared as www2-staging$/m,
                /domain \d+\/\d+\/Production\/alias\.www\.acme\.example is kept: now declared as www2-alias$/m,
            ])
                assert.match(renamed.stdout, line);
            await stack.up({ program: client({ www: "web", shop: "store" }) });
            assert.deepEqual(await see(), made, "two at once");
            const moved = await stack.up({ program: client({ www: "web", shop: "store", parent: "acme" }) });
            assert.match(moved.stdout, /organization \d+ is kept: now declared as acme$/m);
            assert.match(moved.stdout, /membership \d+\/ada@agency\.example is kept: now declared as ada$/m);
            for (const { inputs = {}, outputs = {} } of resourcesOf(await stack.state()))
                assert.ok(!("__declaredAs" in inputs || "__declaredAs" in outputs), "check leaves the name out");
            await stack.destroy();
            assert.deepEqual(await platform.api.get("/account"), [], "a destroy removes all of it");
        }));

    it("goes when its resource gets another name and another hostname: that is another site", () =>
        edit(client(), client({ www: "www2", hostname: "next.acme.example" }), async (stdout) => {
            assert.deepEqual((await see())[0]?.sites, ["next.acme.example", "shop.acme.example"]);
            assert.doesNotMatch(stdout, /is kept/);
        }));

    it("stays when a client of clients.yaml gets a key", () =>
        withFolder(async (folder) => {
            const file = path.join(folder, "clients.yaml");
            const write = (key: string) =>
                writeFile(
                    file,
                    `clients:\n  - name: Acme\n${key}    sites:\n      - hostname: www.acme.example\n        origin: 192.0.2.1\n        aliases: [shop.acme.example]\n`,
                );
            const program = async () => {
                new section.Agency("agency", { clients: section.clientsFromYaml(file) });
            };
            await write("");
            const stack = await openStack({ folder, program, environment: settings() });
            await stack.up();
            const made = await see();
            await write("    key: a-client\n");
            const { stdout } = await stack.up();
            assert.deepEqual(await see(), made);
            assert.match(stdout, /application \d+\/\d+ is kept: now declared as .*a-client/);
            await stack.destroy();
            assert.deepEqual(await platform.api.get("/account"), []);
        }));

    it("may be made later: a preview and an up with targets leave the rest, and what follows from that is not known yet", () =>
        withFolder(async (folder) => {
            const program = async () => {
                const acme = new section.Organization("acme", { name: "Acme" });
                const site = { organization: acme.id, origin: "192.0.2.1" };
                const www = new section.Application("www", { ...site, hostname: "www.acme.example" });
                const environment = www.production;
                const shop = new section.Domain("shop", { environment, hostname: "shop.acme.example" });
                const copy = { application: www.id, name: "Staging", hostname: "staging.acme.example" };
                const staging = new section.Environment("staging", copy);
                const blog = new section.ClientSite("blog", { ...site, hostname: "blog.acme.example" });
                const docs = new section.Application("docs", { ...site, hostname: "docs.acme.example" });
                const docsCopy = { application: docs.id, name: "Staging", hostname: "staging.docs.acme.example" };
                const docsStaging = new section.Environment("docs-staging", docsCopy);
                // branches of one name in two sites whose ids are not there yet are not one branch
                for (const [index, { application }] of [staging, docsStaging].entries())
                    new section.Environment(`dev-${index}`, {
                        application,
                        name: "Dev",
                        hostname: `dev-${index}.acme.example`,
                    });
                // people who are not known yet
                const beta = new section.Organization("beta", { name: "Beta" });
                const members = beta.id.apply(() => ({ "olga@agency.example": "admin" as const }));
                new section.Team("team", { organization: beta.id, members });
                const email = beta.id.apply(() => "olga@agency.example");
                new section.Membership("olga", { organization: acme.id, email, role: "admin" });
                return {
                    production: docs.production,
                    access: section.accessMatrix().list.apply((list) => list.length),
                    www: www.dns.apply(({ value }) => value),
                    wwwLine: www.dns.line,
                    shop: shop.dns.apply(({ value }) => value),
                    shopLine: shop.dns.line,
                    staging: staging.hostnames.apply((all) => all?.map(({ dns }) => dns.value)),
                    blog: blog.dns.apply((records) => records.map(({ value }) => value)),
                };
            };
            const stack = await openStack({ folder, program, environment: settings() });
            const target = [`urn:pulumi:test::story::${typeHere("organization")}::acme`];
            await stack.setConfig("section:maxDeletes", "50");
            await stack.automation.preview({ program, target });
            await stack.automation.up({ program, target });
            assert.deepEqual((await see())[0]?.sites, []);
            const { production, access, ...records } = (await stack.up()).outputs;
            assert.match(String(production), /^\d+\/\d+\/Production$/);
            assert.equal(access, 2);
            assert.deepEqual(records, {
                www: "www.acme.example.c.section.io",
                wwwLine: "www 300 IN CNAME www.acme.example.c.section.io.",
                shop: "shop.acme.example.c.section.io",
                shopLine: "shop 300 IN CNAME shop.acme.example.c.section.io.",
                staging: ["staging.acme.example.c.section.io"],
                blog: ["blog.acme.example.c.section.io"],
            });
            await stack.destroy();
        }));

    it("is not taken for gone by a token that sees less: the refresh fails, and the state keeps everything", () =>
        withFolder(async (folder) => {
            const stack = await openStack({ folder, program: client(), environment: settings() });
            await stack.up();
            const [acme] = await see();
            const [state, made] = [await stack.state(), await see()];
            const { token } = await platform.signUp("eve@elsewhere.example");
            stack.setEnvironment({ SECTION_TOKEN: token as string });
            const unseen = `does not see organization ${acme?.id}`;
            await assert.rejects(
                stack.refresh(),
                new RegExp(`eve@elsewhere\\.example ${unseen} \\(Acme\\): deleted, or`),
            );
            assert.deepEqual(resourcesOf(await stack.state()), resourcesOf(state));
            stack.setEnvironment(settings());
            assert.deepEqual((await stack.preview()).changes, { same: 7 });
            assert.deepEqual(await see(), made);
            await stack.destroy();
        }));

    it("leaves the state with everything in it, once the platform says that its organization was deleted", () =>
        withFolder(async (folder) => {
            const stack = await openStack({ folder, program: client(), environment: settings() });
            await stack.up();
            const jane = await platform.signUp("jane@agency.example");
            const [acme] = await see();
            const at = `/account/${acme?.id}`;
            await platform.api.must("POST", `${at}/user`, { email: "jane@agency.example" });
            for (const { application } of acme?.content ?? [])
                await jane.must("DELETE", `${at}/application/${application}`);
            await jane.must("DELETE", at);
            const { stdout } = await stack.refresh();
            const today = new Date().toISOString().slice(0, 10);
            const told = `organization ${acme?.id} (Acme) was deleted on ${today} by jane@agency.example`;
            assert.equal(stdout.split(told).length - 1, 2, "once while it happens, once in the engine's summary");
            assert.ok(!stdout.includes("is gone"), stdout);
            const left = resourcesOf(await stack.state()).filter(
                ({ urn }) => kindOfType(splitUrn(urn).type) !== undefined,
            );
            assert.deepEqual(left, []);
            assert.deepEqual((await stack.preview()).changes, { create: 6, same: 1 });
            await stack.destroy();
        }));
});
