import assert from "node:assert/strict";
import type { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { resourceTypeOf } from "pulumi-section/internal";
import { ask } from "../harness/provider-process";
import { type DnsName, startDns, type TestDns } from "../support/dns";
import { isMutating } from "../support/fault-proxy";
import { openPluginStack, type PluginStack } from "../support/plugin-operation";

const urn = `urn:pulumi:test::story::${resourceTypeOf("domain", "plugin")}::shop`;
const hostname = "shop.acme.example";
const pauseMs = 20;

const cancel = (client: ResourceProviderClient) => ask<Empty>((done) => client.cancel(new Empty(), done));

describe("Ctrl-C, of which the engine tells the plugin", function () {
    this.timeout(60_000);
    const names = new Map<string, DnsName>();
    let dns: TestDns;
    let stack: PluginStack;
    let environment: string;
    before(async () => {
        dns = await startDns(names);
        stack = await openPluginStack({ dnsServers: [dns.address] });
        const { account, application } = await stack.platform.api.makeSite("Acme", "www.acme.example");
        environment = `${account}/${application}/Production`;
    });
    after(async () => {
        await stack.close();
        dns.close();
    });
    afterEach(() => stack.proxy.decide(() => "pass"));

    const until = async (isSo: () => boolean) => {
        while (!isSo()) await new Promise((resolve) => setTimeout(resolve, pauseMs));
    };

    it("ends the wait for a hostname; it is attached and kept, and the next update goes on", async () => {
        const news = { environment, hostname, waitForLive: { timeoutSeconds: 3_600 } };
        const outputs = await stack.operate(async ({ provider, client }) => {
            const { inputs } = await provider.check(urn, {}, news);
            const making = provider.create(urn, inputs, false);
            await until(() => stack.lines.some((line) => line.includes(`${hostname} is not live yet`)));
            await cancel(client);
            const made = await making;
            assert.equal(made.id, `${environment}/${hostname}`);
            assert.match(
                made.initErrors?.join() ?? "",
                /shop\.acme\.example is attached and not live yet: the wait for that was stopped\. Nothing is lost: run the same again, which goes on from there\./,
            );
            return { ...made, inputs };
        });
        names.set(hostname, `${hostname}.c.section.io`);
        await stack.operate(async ({ provider }) => {
            const old = { urn, ...outputs };
            const { inputs } = await provider.check(urn, outputs.inputs, news);
            const { outputs: now, initErrors } = await provider.update(old, inputs, false);
            assert.deepEqual([now.engaged, initErrors], [true, undefined]);
            await provider.delete({ ...old, outputs: now }).catch(() => {}); // it is live
        });
    });

    it("ends the wait of a platform that asks to come back later, before anything is made", () =>
        stack.operate(async ({ provider, client }) => {
            const alias = `${urn}-later`;
            const { inputs } = await provider.check(alias, {}, { environment, hostname: `later.${hostname}` });
            const seen = stack.proxy.seen.length;
            stack.proxy.decide((request) => (isMutating(request) ? { comeBackAfterSeconds: 600 } : "pass"));
            const refused = assert.rejects(
                provider.create(alias, inputs, false),
                /domain later\.shop\.acme\.example: this was stopped before it sent POST \S+ again\. Nothing is lost/,
            );
            await until(() => stack.proxy.seen.slice(seen).some(isMutating));
            await cancel(client);
            await refused;
        }));

    it("ends a look at a platform that says nothing", () =>
        stack.operate(async ({ provider, client }) => {
            const known = { urn, id: `${environment}/www.acme.example`, inputs: {}, outputs: {} };
            stack.proxy.decide(() => "hold");
            const seen = stack.proxy.seen.length;
            const refused = assert.rejects(
                provider.read(known),
                /this was stopped while it waited for the answer to GET \S+\. Nothing is lost/,
            );
            await until(() => stack.proxy.seen.length > seen);
            await cancel(client);
            await refused;
        }));

    it("lets work that is about to end be whole", () =>
        stack.operate(async ({ provider, client }) => {
            const alias = `${urn}-soon`;
            const { inputs } = await provider.check(alias, {}, { environment, hostname: `soon.${hostname}` });
            stack.proxy.decide((request) => (isMutating(request) ? { lateByMs: 500 } : "pass"));
            const seen = stack.proxy.seen.length;
            const making = provider.create(alias, inputs, false);
            await until(() => stack.proxy.seen.slice(seen).some(isMutating));
            await cancel(client);
            assert.deepEqual((await making).initErrors, undefined);
        }));
});
