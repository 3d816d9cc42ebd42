import assert from "node:assert/strict";
import * as section from "pulumi-section";
import { checkSiteOrigin, findSiteOrigin, noteSiteOrigin } from "../../../provider/nouns/site-origin";
import { Memory } from "../../../provider/run/memory";
import { unknownValue } from "../../../provider/run/unknown";
import { openHarnessStack } from "../../harness/stack";
import { type RunningPlatform, startPlatform } from "../../support/platform";

const [first, second, third] = ["192.0.2.1", "192.0.2.2", "192.0.2.3"] as const;

describe("the origin of an Application and of its Production", () => {
    const production = { application: "1/2", name: "Production", origin: { address: first } };

    it("is one in two places, unless the one changes and the other says something else", () => {
        const issuesWith = (address: unknown, isChanged: boolean, environment: object = production) => {
            const memory = new Memory();
            noteSiteOrigin(memory, "1/2", address, isChanged);
            return checkSiteOrigin(memory, environment);
        };
        assert.deepEqual(issuesWith(second, true), [
            {
                property: "origin",
                reason: "is declared twice: 192.0.2.1 here, and application 1/2 changes it to 192.0.2.2. Take origin away from the Application, which changes nothing, or write the same address in both",
            },
        ]);
        assert.deepEqual(issuesWith(first, true), []);
        assert.deepEqual(issuesWith(second, false), [], "the site began with it");
        assert.deepEqual(issuesWith(undefined, true), [], "taken away");
        assert.deepEqual(issuesWith(unknownValue, true), []);
        assert.deepEqual(issuesWith(second, true, { ...production, name: "Staging" }), []);
        assert.deepEqual(issuesWith(second, true, { ...production, application: "1/3" }), []);
        assert.deepEqual(issuesWith(second, true, { ...production, origin: { address: unknownValue } }), []);
        const memory = new Memory();
        noteSiteOrigin(memory, "1/2", second, false);
        assert.deepEqual([findSiteOrigin(memory, production), findSiteOrigin(memory, {})], [second, undefined]);
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
