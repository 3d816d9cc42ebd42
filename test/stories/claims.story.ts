import assert from "node:assert/strict";
import path from "node:path";
import * as section from "pulumi-section";
import { openHarnessStack, openStackHere } from "../harness/stack";
import { claimedSite, seeClient } from "../support/claimed-site";
import { startDns, type TestDns } from "../support/dns";
import { type FaultProxy, startFaultProxy } from "../support/fault-proxy";
import { type RunningPlatform, startPlatform, withFolder } from "../support/platform";
import { mustPulumi } from "../support/pulumi";
import { openStack, type TestStack, typeHere } from "../support/stack";

describe("an edit of a program", () => {
    const aliases = new Map<string, string>();
    let dns: TestDns;
    let platform: RunningPlatform;
    let proxy: FaultProxy;
    before(async () => {
        dns = await startDns(aliases);
        platform = await startPlatform({ dnsServers: [dns.address] });
        proxy = await startFaultProxy(platform.url);
    });
    beforeEach(() => proxy.decide(() => "pass"));
    after(async () => {
        await proxy.close();
        await platform.close();
        dns.close();
    });
    const settings = () => ({ SECTION_ENDPOINT: proxy.url, SECTION_TOKEN: platform.token });
    const see = async (client: string) => (await seeClient(platform, client))?.seen;
    const holdersOf = async (client: string) => (await seeClient(platform, client))?.holders;
    const goLive = (hostname: string) => aliases.set(hostname, `${hostname}.c.section.io`);
    const mine = (www = "www") =>
        [`test ${www}`, `test ${www}-alias`, `test ${www}-staging`, "test ada", "test org"].sort();

    /** A later operation without the program has to find everything under the claims of the state. */
    async function removeAll(stack: Pick<TestStack, "destroy">, client: string): Promise<void> {
        const { stdout } = await stack.destroy();
        assert.doesNotMatch(stdout, /is kept/);
        assert.equal(await see(client), undefined);
    }

    it("takes its claims although requests for these get lost", () =>
        withFolder(async (folder) => {
            const program = (more = {}) => claimedSite({ client: "lost", ...more });
            const stack = await openStackHere({ folder, program: program(), environment: settings() });
            await stack.up();
            const made = await see("lost");
            let count = 0;
            proxy.decide(({ method, path }) => {
                if (method !== "POST" || !/\/claims(\?|$)/.test(path)) return "pass";
                count += 1;
                return (["lose-reply", "refuse"] as const)[count - 1] ?? "pass";
            });
            await stack.up({ program: program({ www: "www2" }) });
            assert.ok(count > 2, `${count} requests for claims`);
            assert.deepEqual([await see("lost"), await holdersOf("lost")], [made, mine("www2")]);
            await removeAll(stack, "lost");
        }));

    it("keeps a live site under another name, in a component, and through replacements that keep its names", () =>
        withFolder(async (folder) => {
            const program = (more = {}) => claimedSite({ client: "live", ...more });
            const stack = await openStack({ folder, program: program(), environment: settings() });
            await stack.up();
            const made = await see("live");
            goLive("www.live.example");
            const renamed = await stack.up({ program: program({ www: "www2" }) });
            for (const line of [
                /application \d+\/\d+: www2 takes over what www had; an alias says so too$/m,
                /application \d+\/\d+ is kept: now declared as www2$/m,
            ])
                assert.match(renamed.stdout, line);
            assert.deepEqual([await see("live"), await holdersOf("live")], [made, mine("www2")]);
            const moved = await stack.up({ program: program({ www: "www2", parent: "live" }) });
            assert.deepEqual(moved.changes, { create: 6, delete: 5, same: 1 });
            assert.deepEqual(await see("live"), made, "in a component");
            await stack.up({ replace: ["www2"] });
            assert.deepEqual(await see("live"), made, "up --replace");
            const urn = `urn:pulumi:test::story::agency:Client$${typeHere("application")}::www2`;
            const cwd = path.join(folder, "work");
            await mustPulumi(["state", "taint", urn, "--yes", "--stack", "test"], {
                cwd,
                folder,
                environment: settings(),
            });
            const tainted = await stack.up();
            assert.equal(tainted.changes.replace, 1, tainted.stdout);
            assert.deepEqual([await see("live"), await holdersOf("live")], [made, mine("www2")], "state taint");
            aliases.clear();
            await removeAll(stack, "live");
        }));

    it("keeps a site through replaceOnChanges, and through a replacement that fails and is taken back", () =>
        withFolder(async (folder) => {
            const program = (more = {}) => claimedSite({ client: "next", ...more });
            const stack = await openStack({ folder, program: program(), environment: settings() });
            await stack.up();
            const made = await see("next");
            const other = program({ origin: "192.0.2.2", replaceOnChanges: ["origin"] });
            assert.equal((await stack.up({ program: other })).changes.replace, 1);
            assert.equal((await see("next"))?.sites[0]?.id, made?.sites[0]?.id);
            assert.deepEqual(await holdersOf("next"), mine());
            // the replacement takes the site over and cannot set its origin; then the edit is taken back
            proxy.decide(({ method, path }) =>
                method !== "GET" && path.includes("/environment/") ? "refuse" : "pass",
            );
            await assert.rejects(
                stack.up({ program: program({ origin: "192.0.2.3", replaceOnChanges: ["origin"] }) }),
                /www.*cannot be reached/s,
            );
            proxy.decide(() => "pass");
            await stack.up({ program: other });
            assert.equal((await see("next"))?.sites[0]?.id, made?.sites[0]?.id);
            await removeAll(stack, "next");
        }));

    it("keeps a site when the operation fails before the former name is gone, whether it is repeated or taken back", () =>
        withFolder(async (folder) => {
            const program = (more = {}) => claimedSite({ client: "half", ...more });
            const stack = await openStack({ folder, program: program(), environment: settings() });
            await stack.up();
            const made = await see("half");
            const half = program({
                www: "www2",
                more: ({ id: organization }: section.Organization, site: section.Application) =>
                    void new section.Membership(
                        "bob",
                        { organization, email: "bob@agency.example", role: "state" },
                        { dependsOn: site },
                    ),
            });
            for (const next of [program(), half]) {
                proxy.decide(({ method, path }) => (method === "POST" && path.endsWith("/user") ? "refuse" : "pass"));
                await assert.rejects(stack.up({ program: half }), /cannot be reached/);
                proxy.decide(() => "pass");
                await stack.up({ program: next });
                assert.deepEqual((await see("half"))?.sites, made?.sites);
            }
            assert.deepEqual(await holdersOf("half"), [...mine("www2"), "test bob"].sort());
            await removeAll(stack, "half");
        }));

    it("keeps a site when the operation is killed, whether it is repeated or taken back after a refresh", async () => {
        const program = (more = {}) => claimedSite({ client: "killed", ...more });
        const stack = await openHarnessStack({ program: program(), environment: settings() });
        await stack.up();
        const made = await see("killed");
        for (const next of ["www", "www2"]) {
            proxy.decide(({ method, path }) => {
                if (method === "POST" && path.endsWith("/claims")) setImmediate(stack.kill);
                return method === "POST" && path.endsWith("/claims") ? "lose-reply" : "pass";
            });
            await assert.rejects(stack.up({ program: program({ www: "www2" }) }), /killed/);
            proxy.decide(() => "pass");
            await proxy.settle();
            await stack.refresh();
            await stack.up({ program: program({ www: next }) });
            assert.deepEqual([await see("killed"), await holdersOf("killed")], [made, mine(next)]);
        }
        await removeAll(stack, "killed");
    });

    it("from Memberships to a Team and back lets nobody lose access, with a failure in between", async () => {
        const people = { "ada@agency.example": "admin", "bob@agency.example": "state" } as const;
        const program =
            (kind: "team" | "memberships", more = false) =>
            async () => {
                const { id: organization } = new section.Organization("org", { name: "people" });
                const declared =
                    kind === "team"
                        ? [new section.Team("team", { organization, members: people })]
                        : Object.entries(people).map(
                              ([email, role]) => new section.Membership(email, { organization, email, role }),
                          );
                if (more) new section.Organization("more", { name: "more people" }, { dependsOn: declared });
            };
        const stack = await openStackHere({ program: program("memberships"), folder: "", environment: settings() });
        await stack.up();
        const made = await see("people");
        const fail = async (kind: "team" | "memberships") => {
            proxy.decide(({ method, path }) => (method === "POST" && !path.includes("/account/") ? "refuse" : "pass"));
            await assert.rejects(
                stack.up({ program: program(kind, true) }),
                /organization more people: .*cannot be reached/,
            );
            proxy.decide(() => "pass");
            assert.deepEqual(await see("people"), made);
        };
        for (const [half, next] of [
            ["team", "memberships"],
            ["team", "team"],
            ["memberships", "team"],
            ["memberships", "memberships"],
        ] as const) {
            await fail(half);
            const { stdout } = await stack.up({ program: program(next) });
            assert.deepEqual(await see("people"), made, stdout);
        }
        await removeAll(stack, "people");
    });

    it("does not take a site away that went live since the last check", async () => {
        const program = claimedSite({ client: "late" });
        const stack = await openStackHere({ program, folder: "", environment: settings() });
        await stack.up();
        const made = await see("late");
        goLive("www.late.example");
        const organizationOnly = async () => void new section.Organization("org", { name: "late" });
        await assert.rejects(stack.up({ program: organizationOnly }), /www\.late\.example serves visitors/);
        assert.deepEqual((await see("late"))?.sites[0]?.id, made?.sites[0]?.id);
        aliases.clear();
        await stack.up({ program });
        assert.deepEqual((await see("late"))?.sites[0]?.environments.length, 2);
        await removeAll(stack, "late");
    });

    it("that is refused because of somebody else's site forgets no member", async () => {
        const program = async () => {
            new section.Agency("agency", {
                clients: [{ name: "full", people: { "ada@agency.example": "admin", "olga@agency.example": "admin" } }],
            });
        };
        const stack = await openStackHere({ program, folder: "", environment: settings() });
        await stack.up();
        const foreign = { hostname: "www.foreign.example", origin: "192.0.2.1", stackName: "varnish-6.3-basic" };
        const at = `/account/${(await see("full"))?.id}/application`;
        const { id } = (await platform.api.must("POST", `${at}/create`, foreign)) as { id: number };
        await assert.rejects(stack.destroy(), /full still has applications .*: www\.foreign\.example/);
        const known = JSON.parse(await stack.state()).checkpoint.latest.resources as { urn: string }[];
        assert.ok(known.some(({ urn }) => urn.endsWith("section:Organization::agency/full")));
        assert.deepEqual((await see("full"))?.people, ["olga@agency.example"], "only the owner still has access");
        await platform.api.must("DELETE", `${at}/${id}`);
        await removeAll(stack, "full");
    });

    it("that is refused because the site is live forgets none of its environments and hostnames", async () => {
        const hostname = "www.shop.example";
        const program = async () => {
            const { id: organization } = new section.Organization("org", { name: "shop" });
            const args = { organization, hostname, origin: "192.0.2.1", staging: {} };
            new section.ClientSite("shop", { ...args, aliases: ["shop.shop.example"] });
        };
        const stack = await openStackHere({ program, folder: "", environment: settings() });
        await stack.up();
        for (const each of [hostname, "shop.shop.example", `staging-${hostname}`]) goLive(each);
        const made = await see("shop");
        await assert.rejects(stack.destroy(), /serves visitors/);
        const known = JSON.parse(await stack.state()).checkpoint.latest.resources as { urn: string }[];
        assert.deepEqual(await see("shop"), made);
        const kept = known.map(({ urn }) => urn.split("section:").at(-1) ?? "");
        for (const each of ["Application::shop", "Environment::shop/Staging", "Domain::shop/shop.shop.example"])
            assert.ok(kept.includes(each), `${each} is not among ${kept}`);
        aliases.clear();
        await removeAll(stack, "shop");
    });
});
