import assert from "node:assert/strict";
import { resourceTypeOf } from "pulumi-section/internal";
import type { ImportingProvider, Known } from "../harness/provider";
import type { Properties } from "../harness/values";
import { type DnsName, startDns, type TestDns } from "../support/dns";
import { openPluginStack, type PluginStack } from "../support/plugin-operation";

const hostname = "shop.acme.example";
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

    it("is refused where the one that loses it comes first, in words that say the order, and moves in the other one", async () => {
        const { account, application } = await stack.platform.api.makeSite("Acme", "www.acme.example");
        const site = `${account}/${application}`;
        const staging = urnOf("environment", "staging");
        const declared: Properties = { application: site, name: "Staging", hostname };
        const old = await stack.operate(async ({ provider }): Promise<Known> => {
            const { inputs } = await provider.check(staging, {}, declared);
            return { urn: staging, inputs, ...(await provider.create(staging, inputs, false)) };
        });
        names.set(hostname, `${hostname}.c.section.io`);

        const lose = async (provider: ImportingProvider) => {
            const next = { ...declared, hostname: "staging.acme.example" };
            const { inputs, failures } = await provider.check(staging, old.inputs, next);
            assert.deepEqual(failures, []);
            return { inputs, ...(await provider.diff(old, inputs)) };
        };
        const gain = async (provider: ImportingProvider) => {
            const news = { environment: `${site}/Production`, hostname };
            const { inputs, failures } = await provider.check(urnOf("domain", "shop"), {}, news);
            assert.deepEqual(failures, []);
            return inputs;
        };
        await stack.preview(({ provider }) =>
            assert.rejects(
                lose(provider),
                /serves visitors under shop\.acme\.example\. If another resource of this program gets shop\.acme\.example, name that one in the option dependsOn of this one, so that it takes it first\. To keep it, /,
            ),
        );
        await stack.preview(async ({ provider }) => {
            await gain(provider);
            assert.equal((await lose(provider)).changes, true);
        });
        await stack.operate(async ({ provider }) => {
            const shop = await gain(provider);
            await provider.create(urnOf("domain", "shop"), shop, false);
            const { inputs } = await lose(provider);
            const { outputs, initErrors } = await provider.update(old, inputs, false);
            assert.deepEqual([outputs.hostname, initErrors], ["staging.acme.example", undefined]);
        });
        const domains = await stack.platform.api.get(`/account/${account}/domains`);
        assert.ok(domains.some(({ domain_name }: { domain_name: string }) => domain_name === hostname));
    });
});
