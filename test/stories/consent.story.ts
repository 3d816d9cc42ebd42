import assert from "node:assert/strict";
import * as section from "pulumi-section";
import { openStackHere } from "../harness/stack";
import { claimedSite, seeClient } from "../support/claimed-site";
import { startFaultProxy } from "../support/fault-proxy";
import { type RunningPlatform, startPlatform, withFolder } from "../support/platform";
import { openStack as openEngineStack } from "../support/stack";

describe("what another has", () => {
    let platform: RunningPlatform;
    before(async () => {
        platform = await startPlatform();
    });
    after(() => platform.close());
    const settings = () => ({ SECTION_ENDPOINT: platform.url, SECTION_TOKEN: platform.token });
    const see = (client: string) => seeClient(platform, client);

    it("is used as it is by a copied project, whose destroy deletes nothing; a difference stops its preview", () =>
        withFolder(async (folder) => {
            const program = (more = {}) => claimedSite({ client: "acme", ...more });
            const environment = settings();
            const prod = await openEngineStack({ folder, name: "prod", program: program(), environment });
            await prod.up();
            const made = await see("acme");
            const [site] = made?.seen.sites ?? [];
            const [organization, application] = [made?.seen.id, `${made?.seen.id}/${site?.id}`];

            const copy = await openEngineStack({ folder, name: "copy", program: program(), environment });
            const things = [
                [`organization ${organization}`, "org"],
                [`application ${application}`, "www"],
                [`environment ${application}/Staging`, "www-staging"],
                [`domain ${application}/Production/alias.www.acme.example`, "www-alias"],
                [`membership ${organization}/ada@agency.example`, "ada"],
            ] as const;
            for (const { stdout } of [await copy.preview(), await copy.up()])
                for (const [thing, name] of things)
                    assert.ok(
                        stdout.includes(
                            `${thing} belongs to story/prod ${name}: ${name} uses it and cannot change or delete it`,
                        ),
                        `${thing}:\n${stdout}`,
                    );
            const gone = await copy.destroy();
            for (const [thing] of things)
                assert.match(gone.stdout, new RegExp(`${thing} is kept: .* held by story/prod `));
            assert.deepEqual(await see("acme"), made);

            copy.setProgram(program({ origin: "192.0.2.2" }));
            const refusal = `application ${application} exists already and belongs to story/prod www; www would change it.`;
            for (const run of [copy.preview, copy.up])
                await assert.rejects(run(), (error: Error) => {
                    assert.ok(error.message.includes(refusal), error.message);
                    assert.match(error.message, /^ *origin: 192\.0\.2\.1 -> 192\.0\.2\.2/m);
                    return true;
                });
            assert.deepEqual(await see("acme"), made);
        }));

    it("is taken over by adopt: true or by section:adopt, as the preview says, and then the first stack is refused", async () => {
        const program = (more = {}) => claimedSite({ client: "bakery", ...more });
        const prod = await openStackHere({ folder: "", name: "prod", program: program(), environment: settings() });
        await prod.up();
        const changed = program({ origin: "192.0.2.2" });
        const copy = await openStackHere({ folder: "", name: "copy", program: changed, environment: settings() });
        await copy.setConfig("section:adopt", "other");
        await assert.rejects(copy.preview(), /belongs to story\/prod www; www would change it/);
        await copy.setConfig("section:adopt", "www, www-alias");
        const lines = [
            /application \S+: www takes it over from story\/prod www, with 1 change\n *origin: 192\.0\.2\.1 -> 192\.0\.2\.2$/m,
            /domain \S+: www-alias takes it over from story\/prod www-alias, as it is$/m,
            /environment \S+ belongs to story\/prod www-staging: www-staging uses it/,
        ];
        for (const { stdout } of [await copy.preview(), await copy.up()])
            for (const line of lines) assert.match(stdout, line);
        const holders = ["copy www", "copy www-alias", "prod ada", "prod org", "prod www-staging"];
        assert.deepEqual((await see("bakery"))?.holders, holders);

        prod.setProgram(program({ origin: "192.0.2.3" }));
        const refusal = /application \S+ belongs to story\/copy www; www cannot change it\. Take the resource out/;
        await assert.rejects(prod.preview(), refusal);
        await assert.rejects(prod.up(), refusal);
        prod.setProgram(program({ origin: "192.0.2.3", adopt: true }));
        const agreed = /application \S+: www takes it over from story\/copy www, with this change/;
        for (const { stdout } of [await prod.preview(), await prod.up()]) assert.match(stdout, agreed);
        assert.match(
            (await copy.destroy()).stdout,
            /application \S+ is kept: application \d+ is held by story\/prod www$/m,
        );
        await prod.destroy();
        assert.equal(await see("bakery"), undefined);
    });

    it("is not forgotten by a token that sees less: refresh and destroy fail, and nothing is made twice", async () => {
        const program = async () => {
            await claimedSite({ client: "museum" })();
            new section.Organization("theatre", { name: "theatre" });
        };
        const stack = await openStackHere({ folder: "", program, environment: settings() });
        await stack.up();
        const made = await see("museum");
        const eve = await platform.signUp("eve@agency.example");
        const theatre = (await see("theatre"))?.seen.id;
        const member = { email: "eve@agency.example", accountCapability: "admin" };
        await platform.api.must("POST", `/account/${theatre}/user`, member);
        stack.setEnvironment({ SECTION_TOKEN: eve.token as string });
        const unseen = new RegExp(`eve@agency\\.example does not see organization ${made?.seen.id}`);
        await assert.rejects(stack.refresh(), unseen);
        assert.deepEqual((await stack.up()).changes, { same: 7 });
        await assert.rejects(stack.destroy(), unseen);
        assert.deepEqual(await see("museum"), made);
        stack.setEnvironment(settings());
        await stack.destroy();
        assert.deepEqual([await see("museum"), await see("theatre")], [undefined, undefined]);
    });

    it("on another platform under the same ids is refused with both names, before anything is asked or changed", async () => {
        const other = await startPlatform();
        const proxy = await startFaultProxy(other.url);
        const here = await startPlatform();
        try {
            await other.api.makeSite("theirs", "www.theirs.example");
            const environment = { SECTION_ENDPOINT: here.url, SECTION_TOKEN: here.token };
            const stack = await openStackHere({ folder: "", program: claimedSite({ client: "ids" }), environment });
            await stack.up();
            const more = (organization: section.Organization) =>
                void new section.Application("more", {
                    organization: organization.id,
                    hostname: "more.ids.example",
                    origin: "192.0.2.1",
                });
            stack.setEnvironment({ SECTION_ENDPOINT: proxy.url, SECTION_TOKEN: other.token });
            const refusal =
                /the state is of the platform at 127\.0\.0\.1 \([\w-]{16}\), and http\S+ is the one at 127\.0\.0\.1 \([\w-]{16}\)/;
            for (const run of [stack.refresh, stack.destroy]) await assert.rejects(run(), refusal);
            for (const program of [
                claimedSite({ client: "ids", origin: "192.0.2.9" }),
                claimedSite({ client: "ids", more }),
            ]) {
                stack.setProgram(program);
                for (const run of [stack.preview, stack.up]) await assert.rejects(run(), refusal);
            }
            assert.deepEqual([...new Set(proxy.seen.map(({ path }) => path))], ["/api/v1/capabilities"]);
            stack.setEnvironment(environment);
            await stack.destroy();
            assert.deepEqual(await here.api.get("/account"), []);
        } finally {
            await proxy.close();
            await other.close();
            await here.close();
        }
    });

    it("is not shared by two clients of one name: the preview has both, and nobody gets into the other's sites", async () => {
        const program = async () => {
            for (const [name, email] of [
                ["one", "ada@agency.example"],
                ["two", "bob@agency.example"],
            ] as const) {
                const { id: organization } = new section.Organization(name, { name: "twice" });
                new section.Membership(`${name}-admin`, { organization, email, role: "admin" });
            }
        };
        const stack = await openStackHere({ folder: "", program, environment: settings() });
        const refusal = /twice is declared twice, as Organization "one" and as Organization "two"/;
        await assert.rejects(stack.preview(), refusal);
        assert.equal(await see("twice"), undefined);
        // without a preview both may come at the same time: then each gets one of its own, or one fails
        await stack.up({ empty: false }).catch(() => {});
        for (const { members } of await platform.api.get("/account/graph?detail=true"))
            assert.ok(members.length < 3, JSON.stringify(members));
        await stack.destroy();
    });
});
