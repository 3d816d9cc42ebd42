import assert from "node:assert/strict";
import type { Kind } from "../../../provider/run/resource-kind";
import { captureLines } from "../../support/capture-lines";
import { startFaultProxy } from "../../support/fault-proxy";
import { startLifecycles, startOperation } from "../../support/operation";
import { providerPlatform } from "../../support/provider";
import { fresh } from "../../support/stores";
import { thing } from "../../support/thing";

describe("read", () => {
    it("read: gone is a failure on .get, and drift is what is there", async () => {
        const gone = thing({ observe: async () => undefined });
        await assert.rejects(gone.read("a", { __provider: "p" }), /there is no thing a that this token can see/);
        const drifted = thing({
            observe: async (_session, id) => ({ id, outputs: { name: id, size: 9 }, inputs: { name: id, size: 9 } }),
        });
        assert.deepEqual(await drifted.read("a", { name: "a", __v: 1 }), {
            id: "a",
            props: { name: "a", size: 9, __v: 1 },
            inputs: { name: "a", size: 9 },
        });
    });

    it("read: what went with its organization has no line and no author of its own", async () => {
        const platform = await providerPlatform();
        const up = await startOperation();
        const name = fresh("Gone ");
        const acme = await up("organization").create({ name });
        const hostname = `${fresh("gone")}.acme.example`;
        const www = await up("application").create({ organization: acme.id, hostname, origin: "192.0.2.1" });
        const copy = { application: www.id, name: "Staging", hostname: `staging.${hostname}` };
        const staging = await up("environment").create(copy);
        const shop = await up("domain").create({ environment: staging.id, hostname: `shop.${hostname}` });
        const things = { application: www, environment: staging, domain: shop };
        const proxy = await startFaultProxy(platform.url);
        const refresh = () =>
            captureLines(async () => {
                const lifecycles = startLifecycles({ endpoint: proxy.url, token: platform.token });
                for (const [kind, { id, outs }] of Object.entries(things))
                    assert.deepEqual(await lifecycles[kind as Kind].read(id, outs), {}, kind);
            });
        const asksForAuthors = () => proxy.seen.filter(({ path }) => path.includes("/changes")).length;
        try {
            await platform.api.must("DELETE", `/account/${www.id.replace("/", "/application/")}`);
            const lines = await refresh();
            assert.equal(
                lines.filter((line) => / is gone: deleted .*by Olga Owner/.test(line)).length,
                3,
                lines.join("\n"),
            );
            assert.ok(asksForAuthors() > 0);
            proxy.seen.length = 0;
            await platform.api.must("DELETE", `/account/${acme.id}`);
            const today = new Date().toISOString().slice(0, 10);
            const told = `organization ${acme.id} (${name}) was deleted on ${today} by olga@agency.example`;
            assert.deepEqual(await refresh(), [told]);
            assert.equal(asksForAuthors(), 0);
        } finally {
            await proxy.close();
        }
    });
});
