import assert from "node:assert/strict";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import * as section from "pulumi-section";
import { openStack } from "../harness/stack";
import { startDns } from "../support/dns";
import { type RunningPlatform, startPlatform, withFolder } from "../support/platform";
import { mustPulumi, pulumi } from "../support/pulumi";
import { isPluginWay, type TestStack } from "../support/stack";

/** The engine's words when it refuses a preview. */
async function refusalOf(stack: TestStack, program: PulumiFn): Promise<string> {
    stack.setProgram(program);
    return stack.preview().then(
        () => assert.fail("the preview passed"),
        ({ message }: Error) => message,
    );
}

const clients = (sites: Record<string, string[]>) => async () => {
    for (const [client, hostnames] of Object.entries(sites)) {
        const organization = new section.Organization(client, { name: client });
        for (const hostname of hostnames)
            new section.Application(hostname, { organization: organization.id, hostname, origin: "192.0.2.1" });
    }
};

/** The stack and its guard. A plugin's preview knows the ids of what is there, so that the guard sees no change. */
const guardInPreview = isPluginWay ? { same: 2 } : { same: 1, update: 1 };

describe("guards at preview", () => {
    let platform: RunningPlatform;
    const aliases = new Map<string, string>();
    let dns: Awaited<ReturnType<typeof startDns>>;
    before(async () => {
        dns = await startDns(aliases);
        platform = await startPlatform({ dnsServers: [dns.address] });
    });
    after(async () => {
        await platform.close();
        dns.close();
    });
    const settings = () => ({ SECTION_ENDPOINT: platform.url, SECTION_TOKEN: platform.token });

    const organizationNamed = async (wanted: string): Promise<number> =>
        (await platform.api.get("/account")).find(
            ({ account_name }: { account_name: string }) => account_name === wanted,
        ).id;

    const countSites = async (): Promise<number[]> =>
        (await platform.api.get("/account/graph")).map(
            ({ applications }: { applications: unknown[] }) => applications.length,
        );

    it("more things than section:maxDeletes do not go at once, in a preview, an up or a destroy, unless it is allowed", () =>
        withFolder(async (folder) => {
            const all = {
                Acme: ["a.acme.example", "b.acme.example"],
                Bakery: ["c.bakery.example", "d.bakery.example"],
            };
            const stack = await openStack({ folder, program: clients(all), environment: settings() });
            await stack.up();
            assert.doesNotMatch(
                await stack.state(),
                /section:Guard/,
                "nothing guards a stack that does not ask for it",
            );

            await stack.setConfig("section:maxDeletes", "1");
            assert.deepEqual((await stack.up()).changes, { create: 1, same: 7 });
            const { changes } = await stack.up({
                program: clients({ ...all, Acme: ["a.acme.example", "b.acme.example", "e.acme.example"] }),
            });
            assert.deepEqual(changes, { create: 1, update: 1, same: 7 });
            stack.setProgram(clients(all));
            const one = await stack.preview({ diff: true });
            assert.deepEqual(one.changes, { delete: 1, update: 1, same: 7 }, "one may go");
            assert.match(one.stdout, /~ sites: 5 => 4/);
            assert.equal((await stack.up()).changes.delete, 1);

            const fewer = clients({ Acme: ["b.acme.example"] });
            const refusal = await refusalOf(stack, fewer);
            assert.match(
                refusal,
                /4 things would be deleted at once, and section:maxDeletes is 1\. To keep one, put it back .*SECTION_MAX_DELETES=4/,
            );
            assert.match(refusal, /Acme: site a\.acme\.example\n/);
            assert.match(refusal, /Bakery: organization Bakery, site c\.bakery\.example, site d\.bakery\.example/);
            await assert.rejects(stack.up(), /4 things would be deleted at once/);
            assert.deepEqual(await countSites(), [2, 2], "nothing has gone");

            // a new name in the program is not a new site, with and without an alias
            await stack.setConfig("section:maxDeletes", "0");
            stack.setProgram(async () => {
                for (const [client, hostnames] of Object.entries(all)) {
                    const { id: organization } = new section.Organization(`the-${client}`, { name: client });
                    for (const hostname of hostnames)
                        new section.Application(`the-${hostname}`, { organization, hostname, origin: "192.0.2.1" });
                }
            });
            assert.deepEqual((await stack.preview()).changes, { create: 6, delete: 6, ...guardInPreview });
            await stack.setConfig("section:maxDeletes", "1");

            // a site that was deleted by hand is not removed again
            const bakery = await organizationNamed("Bakery");
            for (const { id } of await platform.api.get(`/account/${bakery}/application`))
                await platform.api.must("DELETE", `/account/${bakery}/application/${id}`);
            await stack.refresh();
            const renamed = async () => {
                const acme = new section.Organization("Acme", { name: "Acme" });
                for (const hostname of all.Acme) {
                    new section.Application(
                        `site-${hostname}`,
                        { organization: acme.id, hostname, origin: "192.0.2.1" },
                        { aliases: [{ name: hostname }] },
                    );
                }
            };
            assert.equal((await stack.up({ program: renamed })).changes.delete, 1, "the organization Bakery");

            await assert.rejects(
                stack.destroy(),
                /site .\.acme\.example stays: this operation has deleted 1,.*To keep it, .*SECTION_MAX_DELETES/s,
            );
            assert.deepEqual(await countSites(), [1], "a destroy removes as many as may go at once");
            stack.setEnvironment({ SECTION_MAX_DELETES: "2" });
            await stack.destroy();
            assert.deepEqual(await platform.api.get("/account"), []);
        }));

    it("another name in the program is not a thing that goes, and neither is one that the platform keeps", () =>
        withFolder(async (folder) => {
            const program = (at: string, retainOnDelete?: boolean) => async () => {
                const options = { retainOnDelete };
                const acme = new section.Organization(`${at}acme`, { name: "Acme" }, options);
                const { id: organization } = acme;
                new section.Membership(
                    `${at}jane`,
                    { organization, email: "Jane@agency.example", role: "admin" },
                    options,
                );
                const site = { organization, hostname: "www.acme.example", origin: "192.0.2.1" };
                const www = new section.Application(`${at}www`, site, options);
                const staging = { application: www.id, name: "Staging", hostname: "staging.acme.example" };
                new section.Environment(`${at}staging`, staging, options);
                const shop = { environment: www.production, hostname: "shop.acme.example" };
                new section.Domain(`${at}shop`, shop, options);
            };
            const stack = await openStack({ folder, program: program(""), environment: settings() });
            await stack.setConfig("section:maxDeletes", "0");
            await stack.up();
            stack.setProgram(program("my-"));
            assert.deepEqual((await stack.preview()).changes, { create: 5, delete: 5, ...guardInPreview });

            assert.equal((await stack.up({ program: program("", true) })).changes.delete, undefined);
            await stack.up({ program: async () => {} });
            assert.deepEqual(await countSites(), [1]);
            const [{ id }] = await platform.api.get("/account");
            for (const { id: site } of await platform.api.get(`/account/${id}/application`))
                await platform.api.must("DELETE", `/account/${id}/application/${site}`);
            await platform.api.must("DELETE", `/account/${id}`);
        }));

    it("live things and people who must stay are refused when they leave, change or are replaced", () =>
        withFolder(async (folder) => {
            await platform.signUp("ada@agency.example");
            interface Declared {
                site?: string;
                shop?: boolean;
                ada?: section.Role;
                me?: section.Role;
            }
            const program =
                ({ site = "www.acme.example", shop = true, ada, me = "admin" }: Declared = {}) =>
                async () => {
                    const acme = new section.Organization("acme", { name: "Acme" });
                    const www = new section.Application("www", {
                        organization: acme.id,
                        hostname: site,
                        origin: "192.0.2.1",
                    });
                    if (shop)
                        new section.Domain("shop", { environment: www.production, hostname: "shop.acme.example" });
                    const people = { deletedWith: acme };
                    new section.Membership(
                        "me",
                        { organization: acme.id, email: "olga@agency.example", role: me },
                        people,
                    );
                    if (ada)
                        new section.Membership(
                            "ada",
                            { organization: acme.id, email: "ada@agency.example", role: ada },
                            people,
                        );
                };
            const stack = await openStack({ folder, program: program({ ada: "admin" }), environment: settings() });
            await stack.setConfig("section:maxDeletes", "5");
            await stack.up();
            // they go live after the last check
            for (const name of ["www.acme.example", "shop.acme.example"]) aliases.set(name, `${name}.c.section.io`);

            const gone = await refusalOf(stack, program({ shop: false, ada: "admin" }));
            assert.match(
                gone,
                /what leaves serves visitors under shop\.acme\.example\. To keep it, put it back .* move its DNS away first; .*section:allowLiveDelete/,
            );
            assert.match(
                await refusalOf(stack, program({ site: "new.acme.example", ada: "admin" })),
                /www\.acme\.example serves visitors under/,
            );
            assert.match(
                await refusalOf(stack, program({ ada: "admin", me: "readonly" })),
                /role is refused: olga@agency\.example owns organization \d+ and cannot be demoted\. Write role: "admin", or take the Membership out of the program: an owner needs none/,
            );

            // as ada, who is no owner
            stack.setEnvironment({ SECTION_TOKEN: await platform.tokenFor("ada@agency.example") });
            assert.match(
                await refusalOf(stack, program({ ada: "state" })),
                /ada@agency\.example is this token's user and cannot be demoted by themselves\. Let another admin do it/,
            );
            const self = await refusalOf(stack, program({ shop: false }));
            assert.match(self, /shop\.acme\.example/);
            assert.match(
                self,
                /ada@agency\.example is this token's user and cannot be removed by themselves/,
                "all of it at once",
            );
            stack.setEnvironment({ SECTION_TOKEN: platform.token });

            await stack.setConfig("section:allowLiveDelete", "true");
            assert.equal((await stack.up({ program: program({ shop: false }) })).changes.delete, 2);
            await stack.destroy();
            assert.deepEqual(await platform.api.get("/account"), []);
        }));

    it("each explicit provider has a guard; a program that fails says nothing of it", () =>
        withFolder(async (folder) => {
            const program =
                (count: number, fails = false) =>
                async () => {
                    const provider = new section.Provider("theirs", { endpoint: platform.url, token: platform.token });
                    const acme = new section.Organization("acme", { name: "Acme" }, { provider });
                    for (let site = 0; site < count; site += 1) {
                        new section.Application(
                            `site-${site}`,
                            { organization: acme.id, hostname: `s${site}.acme.example`, origin: "192.0.2.1" },
                            { provider },
                        );
                    }
                    if (fails) throw new Error("my own mistake");
                    return { acme: acme.id };
                };
            const stack = await openStack({ folder, program: program(3), environment: {} });
            await stack.setConfig("section:maxDeletes", "1");
            await stack.up();
            assert.match(await stack.state(), /section:(index:)?Guard::section-guard-theirs/);
            assert.match(await refusalOf(stack, program(1)), /2 things would be deleted at once/);
            const failed = await refusalOf(stack, program(3, true));
            assert.match(failed, /my own mistake/);
            assert.doesNotMatch(failed, /serializing|would go/);
            stack.setProgram(program(3));
            assert.deepEqual((await stack.preview()).changes, { same: 7 });
            stack.setEnvironment({ SECTION_MAX_DELETES: "4" });
            await stack.destroy();
        }));

    it("a client that gets another name without a key is told that its site, repository and history would go", () =>
        withFolder(async (folder) => {
            const program = (name: string, key?: string) => async () => {
                const sites = [{ hostname: "www.lind.example", origin: "192.0.2.1", aliases: ["lind.example"] }];
                const museum = { name: "Museum", sites: [{ hostname: "www.museum.example", origin: "192.0.2.1" }] };
                new section.Agency("agency", { clients: [museum, { name, key, sites }] });
            };
            const stack = await openStack({ folder, program: program("Bakery Lind"), environment: settings() });
            await stack.up();
            stack.setProgram(program("Bakery (Lund)"));
            const { stdout } = await stack.preview();
            assert.match(
                stdout,
                /www\.lind\.example: Bakery \(Lund\) gets a new site in place of the site of Bakery Lind, which goes with its repository, its history and the files that nobody declares\. If Bakery \(Lund\) is a new name of Bakery Lind, write key bakery-lind for Bakery \(Lund\) in the list of clients: then everything stays/,
            );
            assert.equal(stdout.split("gets a new site").length, 2, stdout);
            stack.setProgram(program("Bakery (Lund)", "bakery-lind"));
            assert.doesNotMatch((await stack.preview()).stdout, /gets a new site/);
            await stack.up();
            stack.setProgram(async () => {
                const lund = new section.Organization("lund", { name: "Lund" });
                const site = { organization: lund.id, hostname: "www.lind.example", origin: "192.0.2.1" };
                new section.Application("www", site);
            });
            assert.match(
                (await stack.preview()).stdout,
                /Lund gets a new site .* give the resources their former names, or/,
            );
            await stack.destroy();
        }));

    it("a list of clients that came out empty is refused, and hostnames that came out twice are all named", () =>
        withFolder(async (folder) => {
            const cwd = path.join(folder, "program");
            await mkdir(cwd);
            await symlink(path.resolve("node_modules"), path.join(cwd, "node_modules"));
            await writeFile(
                path.join(cwd, "Pulumi.yaml"),
                "name: listed\nruntime: { name: nodejs, options: { typescript: false } }\n",
            );
            await writeFile(
                path.join(cwd, "index.js"),
                `const section = require("pulumi-section");
                const hostnames = JSON.parse(require("fs").readFileSync("hostnames.json", "utf8"));
                const acme = hostnames.length > 0 && new section.Organization("acme", { name: "Acme" });
                hostnames.forEach((hostname, index) => new section.Application("site-" + index, { organization: acme.id, hostname, origin: "192.0.2.1" }));`,
            );
            const list = (...hostnames: string[]) =>
                writeFile(path.join(cwd, "hostnames.json"), JSON.stringify(hostnames));
            const options = { cwd, folder, environment: settings() };
            await list("a.acme.example", "b.acme.example");
            await mustPulumi(["stack", "init", "story"], options);
            await mustPulumi(["config", "set", "section:maxDeletes", "1"], options);
            await mustPulumi(["up", "--yes", "--skip-preview"], options);
            await list();
            const empty = await pulumi(["preview"], options);
            assert.match(
                empty.output,
                /3 things would be deleted at once.*Acme: organization Acme, site a\.acme\.example, site b\.acme\.example/s,
            );
            assert.notEqual(empty.code, 0);
            const kept = ["a.acme.example", "b.acme.example"];
            await list(...kept, "c.acme.example", "c.acme.example", "d.acme.example", "d.acme.example");
            const twice = await pulumi(["preview"], options);
            assert.doesNotMatch(twice.output, /would go/);
            assert.notEqual(twice.code, 0, twice.output);
            for (const hostname of ["c", "d"])
                assert.match(
                    twice.output,
                    new RegExp(`${hostname}\\.acme\\.example is declared twice, as hostname of Application`),
                );
            await mustPulumi(["destroy", "--yes", "--skip-preview"], {
                ...options,
                environment: { ...settings(), SECTION_MAX_DELETES: "3" },
            });
        }));
});
