import assert from "node:assert/strict";
import { resourceTypeOf } from "pulumi-section/internal";
import type { ImportingProvider, Known } from "../harness/provider";
import type { Properties } from "../harness/values";
import { type DnsName, startDns, type TestDns } from "../support/dns";
import { openPluginStack, type PluginStack } from "../support/plugin-operation";

const urnOf = (kind: "environment" | "domain", name: string) =>
    `urn:pulumi:test::story::${resourceTypeOf(kind, "plugin")}::${name}`;

describe("a live hostname that passes from one resource to another, in a program that tells the plugin nothing", function () {
    this.timeout(60_000);
    const names = new Map<string, DnsName>();
    let dns: TestDns;
    let stack: PluginStack;
    before(async () => {
        dns = await startDns(names);
        stack = await openPluginStack({ dnsServers: [dns.address] });
    });
    after(async () => {
        await stack.close();
        dns.close();
    });

    /** A site whose Staging has a live hostname, with the steps by which Production gets that one. */
    async function makeSite(hostname: string) {
        const { account, application } = await stack.platform.api.makeSite("Acme", `www.${hostname}`);
        const site = `${account}/${application}`;
        const staging = urnOf("environment", "staging");
        const declared: Properties = { application: site, name: "Staging", hostname };
        const old = await stack.operate(async ({ provider }): Promise<Known> => {
            const { inputs } = await provider.check(staging, {}, declared);
            return { urn: staging, inputs, ...(await provider.create(staging, inputs, false)) };
        });
        names.set(hostname, `${hostname}.c.section.io`);
        const checked = async (provider: ImportingProvider, urn: string, olds: Properties, news: Properties) => {
            const { inputs, failures } = await provider.check(urn, olds, news);
            assert.deepEqual(failures, []);
            return inputs;
        };
        const lose = async (provider: ImportingProvider, isPreview: boolean) => {
            const inputs = await checked(provider, staging, old.inputs, {
                ...declared,
                hostname: `staging.${hostname}`,
            });
            assert.equal((await provider.diff(old, inputs)).changes, true);
            const { outputs } = await provider.update(old, inputs, isPreview);
            assert.equal(outputs.hostname, `staging.${hostname}`);
        };
        const keep = async (provider: ImportingProvider) => {
            const inputs = await checked(provider, staging, old.inputs, declared);
            assert.equal((await provider.diff(old, inputs)).changes, false);
        };
        const gain = async (provider: ImportingProvider, isPreview: boolean) => {
            const urn = urnOf("domain", "shop");
            const inputs = await checked(provider, urn, {}, { environment: `${site}/Production`, hostname });
            await provider.create(urn, inputs, isPreview);
        };
        const isMoved = async () => {
            const environments: { environment_name: string; domains: { name: string }[] }[] =
                await stack.platform.api.get(`/account/${account}/application/${application}/environment`);
            const production = environments.find(({ environment_name }) => environment_name === "Production");
            return production?.domains.some(({ name }) => name === hostname);
        };
        return { lose, keep, gain, isMoved };
    }

    it("is refused where the one that loses it comes first, in words that say the order, and moves in the other one", async () => {
        const { lose, gain, isMoved } = await makeSite("shop.acme.example");
        await stack.preview(({ provider }) =>
            assert.rejects(
                lose(provider, true),
                /serves visitors under shop\.acme\.example\. If another resource of this program gets shop\.acme\.example, name that one in the option dependsOn of this one, so that it takes it first\. To keep it, /,
            ),
        );
        for (const isPreview of [true, false])
            await stack[isPreview ? "preview" : "operate"](async ({ provider }) => {
                await gain(provider, isPreview);
                await lose(provider, isPreview);
            });
        assert.ok(await isMoved());
    });

    it("moves in two goes where the one that loses it has to come first", async () => {
        const { lose, keep, gain, isMoved } = await makeSite("store.acme.example");
        for (const isPreview of [true, false])
            await stack[isPreview ? "preview" : "operate"](async ({ provider }) => {
                await keep(provider);
                await gain(provider, isPreview);
            });
        for (const isPreview of [true, false])
            await stack[isPreview ? "preview" : "operate"](({ provider }) => lose(provider, isPreview));
        assert.ok(await isMoved());
    });
});
