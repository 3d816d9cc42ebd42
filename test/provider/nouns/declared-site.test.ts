import assert from "node:assert/strict";
import * as section from "pulumi-section";
import { checkAgainstSite, findSiteOrigin, noteSite } from "../../../provider/nouns/declared-site";
import { Memory } from "../../../provider/run/memory";
import { unknownValue } from "../../../provider/run/unknown";
import { openHarnessStack } from "../../harness/stack";
import { type RunningPlatform, startPlatform } from "../../support/platform";

const [first, second, third] = ["192.0.2.1", "192.0.2.2", "192.0.2.3"] as const;

describe("what an Application and its Production both declare", () => {
    const production = { application: "1/2", name: "Production", origin: { address: first } };
    const check = (content: object, keys: string[], environment: object = production) => {
        const memory = new Memory();
        noteSite(memory, "1/2", content, keys);
        return checkAgainstSite(memory, environment);
    };

    it("is one origin in two places, unless the one changes and the other says something else", () => {
        assert.deepEqual(check({ origin: second }, ["origin"]), [
            {
                property: "origin",
                reason: "is declared twice: 192.0.2.1 here, and application 1/2 changes it to 192.0.2.2. Take origin away from the Application, which changes nothing, or write the same address in both",
            },
        ]);
        assert.deepEqual(check({ origin: first }, ["origin"]), []);
        assert.deepEqual(check({ origin: second }, ["hostname"]), [], "the site began with it");
        assert.deepEqual(check({}, ["origin"]), [], "taken away");
        assert.deepEqual(check({ origin: unknownValue }, ["origin"]), []);
        assert.deepEqual(check({ origin: second }, ["origin"], { ...production, name: "Staging" }), []);
        assert.deepEqual(check({ origin: second }, ["origin"], { ...production, application: "1/3" }), []);
        assert.deepEqual(
            check({ origin: second }, ["origin"], { ...production, origin: { address: unknownValue } }),
            [],
        );
        assert.deepEqual(check({ origin: second }, ["origin"], { ...production, origin: undefined }), []);
        const memory = new Memory();
        noteSite(memory, "1/2", { origin: second }, []);
        assert.deepEqual([findSiteOrigin(memory, production), findSiteOrigin(memory, {})], [second, undefined]);
    });

    it("are no proxies: a stack cannot change where Production declares or promotes its own", () => {
        const stack = "nginx-basic";
        for (const [property, value] of Object.entries({ promote: unknownValue, proxyChain: [] }))
            assert.deepEqual(check({ stack }, ["stack"], { ...production, [property]: value }), [
                {
                    property,
                    reason: "decides which proxies Production has, and application 1/2 changes them by its stack. Take stack away from the Application, which changes nothing",
                },
            ]);
        assert.deepEqual(check({ stack }, ["stack"]), []);
        assert.deepEqual(check({ stack }, [], { ...production, promote: unknownValue }), []);
        for (const content of [{}, { stack: unknownValue }])
            assert.deepEqual(check(content, ["stack"], { ...production, promote: unknownValue }), []);
    });
});

for (const way of ["dynamic", "plugin"] as const)
    describe(`a site of ${way} resources whose Production declares its origin, too`, function () {
        this.timeout(60_000);
        let platform: RunningPlatform;
        before(async () => {
            platform = await startPlatform();
        });
        after(() => platform.close());

        const program =
            (site: string | undefined, origin: section.OriginArgs, text = "a") =>
            async () => {
                const acme = new section.Organization("acme", { name: "Acme" });
                const www = new section.Application("www", {
                    organization: acme.id,
                    hostname: "www.acme.example",
                    origin: site,
                });
                const config = { "varnish/robots.txt": `${text}\n` };
                const { head } = new section.Environment("production", {
                    application: www.id,
                    name: "Production",
                    origin,
                    config,
                });
                return { head };
            };

        it("changes in both at once; a change of the one is refused at preview, and may be taken away", async () => {
            const environment = { SECTION_ENDPOINT: platform.url, SECTION_TOKEN: platform.token };
            const start = program(first, { address: second, enableSni: false });
            const stack = await openHarnessStack({ program: start, environment });
            if (way === "plugin") await stack.setConfig("section:plugin", "true");
            await stack.up();
            const [{ id: account }] = await platform.api.get("/account");
            const [{ id: application }] = await platform.api.get(`/account/${account}/application`);
            const live = async () => {
                const at = `/account/${account}/application/${application}/environment/Production/egress`;
                return (await platform.api.get(at)).origins.default.address;
            };
            assert.equal(await live(), second, "what Production declares counts");

            for (const text of ["a", "b"]) {
                stack.setProgram(program(third, { address: second, enableSni: false }, text));
                const words = `origin is declared twice: ${second} here, and application ${account}/${application} changes it to ${third}`;
                await assert.rejects(stack.preview(), (error: Error) => {
                    assert.ok(error.message.includes(words), error.message);
                    return true;
                });
            }
            assert.equal(await live(), second);

            const { changes } = await stack.up({
                program: program(third, { address: third, enableSni: true }, "b"),
            });
            assert.deepEqual([changes.update, await live()], [2, third]);
            await stack.refresh();
            assert.equal((await stack.up({ program: program(undefined, { address: first }, "b") })).changes.update, 2);
            assert.equal(await live(), first);
            await stack.destroy();
        });
    });
