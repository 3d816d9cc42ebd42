import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import * as section from "pulumi-section";
import { openStack, openStackHere } from "../harness/stack";
import { type RunningPlatform, startPlatform, withFolder } from "../support/platform";
import { openStack as openEngineStack } from "../support/stack";

describe("sharing a platform", () => {
    let platform: RunningPlatform;
    beforeEach(async () => {
        platform = await startPlatform();
    });
    afterEach(() => platform.close());
    const settings = () => ({ SECTION_ENDPOINT: platform.url, SECTION_TOKEN: platform.token });

    it("two stacks share an organization: the second adopts it and each keeps to its own sites", () =>
        withFolder(async (folder) => {
            const site = (hostname: string) => async () => {
                const acme = new section.Organization(
                    "acme",
                    { name: "Acme" },
                    { retainOnDelete: hostname.startsWith("b") },
                );
                new section.Application("site", { organization: acme.id, hostname, origin: "192.0.2.1" });
                return { id: acme.id };
            };
            const one = await openStackHere({
                folder,
                name: "one",
                program: site("a.acme.example"),
                environment: settings(),
            });
            const two = await openStackHere({
                folder,
                name: "two",
                program: site("b.acme.example"),
                environment: settings(),
            });
            const first = await one.up();
            const second = await two.up();
            assert.equal(second.outputs.id, first.outputs.id);
            assert.equal((await platform.api.get("/account")).length, 1);
            await assert.rejects(
                one.destroy(),
                /contains what others hold: application \d+ \(story\/two site\).*retainOnDelete/s,
            );
            await two.destroy();
            assert.equal((await platform.api.get("/account")).length, 1, "it is of the first one still");
            await one.destroy();
            assert.deepEqual(await platform.api.get("/account"), []);
        }));

    it("an explicit provider beats the environment, and its token is encrypted in the state", () =>
        withFolder(async (folder) => {
            const other = await startPlatform();
            try {
                const program = async () => {
                    const provider = new section.Provider("other", { endpoint: other.url, token: other.token });
                    new section.Organization("there", { name: "There" }, { provider });
                    new section.Organization("here", { name: "Here" });
                };
                const stack = await openEngineStack({ folder, program, environment: settings() });
                await stack.up();
                assert.deepEqual(
                    (await other.api.get("/account")).map(({ account_name }: { account_name: string }) => account_name),
                    ["There"],
                );
                assert.deepEqual(
                    (await platform.api.get("/account")).map(
                        ({ account_name }: { account_name: string }) => account_name,
                    ),
                    ["Here"],
                );
                const state = await stack.state();
                assert.ok(
                    !state.includes(other.token) && !state.includes(platform.token),
                    "a token stands in the state",
                );
                await stack.refresh();
                await stack.destroy();
                assert.deepEqual(await other.api.get("/account"), []);
            } finally {
                await other.close();
            }
        }));

    it("stack config serves where the environment says nothing", () =>
        withFolder(async (folder) => {
            const program = async () => {
                new section.Organization("acme", { name: "Acme" });
            };
            const stack = await openStack({ folder, program, environment: {} });
            await assert.rejects(
                stack.up(),
                /no endpoint is set\. Set SECTION_ENDPOINT and SECTION_TOKEN, or the stack config section:endpoint and section:token\./,
            );
            await stack.setConfig("section:endpoint", `${platform.url}/`);
            await stack.setConfig("section:token", ` ${platform.token}\n`, true);
            await stack.up();
            assert.ok(!(await stack.state()).includes(platform.token));
            await stack.refresh();
            await stack.destroy();
        }));

    it(".get finds each of the five and fails for what is not there", () =>
        withFolder(async (folder) => {
            const { account, application } = await platform.api.makeSite("Acme", "www.acme.example");
            await platform.api.must("POST", `/account/${account}/user`, {
                email: "jane@agency.example",
                accountCapability: "state",
            });
            const site = `${account}/${application}`;
            const program = async () => ({
                name: section.Organization.get("a", `${account}`).name,
                role: section.Membership.get("b", `${account}/jane@agency.example`).role,
                hostname: section.Application.get("c", site).hostname,
                production: section.Application.get("c2", site).production,
                head: section.Environment.get("d", `${site}/Production`).head,
                dns: section.Domain.get("e", `${site}/Production/www.acme.example`).dns.value,
            });
            const stack = await openEngineStack({ folder, program, environment: settings() });
            const { outputs } = await stack.up();
            const { commit } = await platform.api.get(
                `/account/${account}/application/${application}/environment/Production/head`,
            );
            assert.deepEqual(outputs, {
                name: "Acme",
                role: "state",
                hostname: "www.acme.example",
                production: `${site}/Production`,
                head: commit,
                dns: "www.acme.example.c.section.io",
            });
            stack.setProgram(async () => {
                section.Organization.get("nobody", "4711");
            });
            await assert.rejects(stack.up(), /there is no organization 4711 that this token can see/);
        }));

    it("what exists already is adopted, and somebody else's hostname stays theirs", () =>
        withFolder(async (folder) => {
            const { account, application } = await platform.api.makeSite("Acme", "www.acme.example");
            const stranger = await platform.signUp("stranger@elsewhere.example");
            await stranger.makeSite("Elsewhere", "www.taken.example");
            const program = (hostname: string) => async () => {
                const acme = new section.Organization("acme", { name: "Acme" });
                const www = new section.Application("www", {
                    organization: acme.id,
                    hostname,
                    origin: "origin.example.net",
                });
                return { id: www.id };
            };
            const stack = await openStackHere({
                folder,
                program: program("WWW.acme.example."),
                environment: settings(),
            });
            assert.equal((await stack.up()).outputs.id, `${account}/${application}`);
            stack.setProgram(program("www.taken.example"));
            await assert.rejects(stack.preview(), (error: Error) => {
                assert.match(error.message, /www\.taken\.example is in use on this platform/);
                assert.doesNotMatch(error.message, /Elsewhere|stranger/);
                return true;
            });
        }));

    it("a domain moves from one site to another, released before it is attached", () =>
        withFolder(async (folder) => {
            const program = (home: "one" | "two") => async () => {
                const acme = new section.Organization("acme", { name: "Acme" });
                const beta = new section.Organization("beta", { name: "Beta" });
                const one = new section.Application("one", {
                    organization: acme.id,
                    hostname: "one.acme.example",
                    origin: "192.0.2.1",
                });
                const two = new section.Application("two", {
                    organization: beta.id,
                    hostname: "two.acme.example",
                    origin: "192.0.2.1",
                });
                const { id } = new section.Domain("shop", {
                    environment: (home === "one" ? one : two).production,
                    hostname: "shop.acme.example",
                });
                return { id };
            };
            const stack = await openStackHere({ folder, program: program("one"), environment: settings() });
            const before = await stack.up();
            const after = await stack.up({ program: program("two") });
            assert.equal(after.changes.replace, 1);
            assert.notEqual(after.outputs.id, before.outputs.id);
            await stack.destroy();
        }));

    it("values that are not known before an apply pass through previews", () =>
        withFolder(async (folder) => {
            const program = async () => {
                const acme = new section.Organization("acme", { name: "Acme" });
                const www = new section.Application("www", {
                    organization: acme.id,
                    hostname: "www.acme.example",
                    origin: "192.0.2.1",
                });
                // the name of the second organization is only known once the first one exists
                const other = new section.Organization("other", { name: pulumi.interpolate`Beside ${acme.id}` });
                new section.Membership("jane", {
                    organization: other.id,
                    email: pulumi.interpolate`jane-${acme.id}@agency.example`,
                    role: "state",
                });
                new section.Environment("staging", {
                    application: www.id,
                    name: "Staging",
                    hostname: pulumi.interpolate`staging-${acme.id}.acme.example`,
                    config: { "varnish/note.txt": pulumi.interpolate`made for ${www.id}\n` },
                });
                new section.Domain("shop", {
                    environment: www.production,
                    hostname: pulumi.interpolate`shop-${acme.id}.acme.example`,
                });
            };
            const stack = await openStackHere({ folder, program, environment: settings() });
            assert.equal((await stack.preview()).changes.create, 7);
            await stack.up();
            const names = (await platform.api.get("/account")).map(
                ({ account_name }: { account_name: string }) => account_name,
            );
            assert.ok(
                names.some((name: string) => /^Beside \d+$/.test(name)),
                names.join(),
            );
            await stack.destroy();
        }));
});
