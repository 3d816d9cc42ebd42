import assert from "node:assert/strict";
import * as section from "pulumi-section";
import { openStackHere } from "../harness/stack";
import { startDns } from "../support/dns";
import { startPlatform, withFolder } from "../support/platform";

describe("live sites", () => {
    it("are neither replaced nor deleted, unless it is allowed", () =>
        withFolder(async (folder) => {
            const aliases = new Map<string, string>();
            const dns = await startDns(aliases);
            const platform = await startPlatform({ dnsServers: [dns.address] });
            try {
                const program = (hostname: string) => async () => {
                    const acme = new section.Organization("acme", { name: "Acme" });
                    const www = new section.Application("www", {
                        organization: acme.id,
                        hostname: "www.acme.example",
                        origin: "192.0.2.1",
                    });
                    new section.Environment("staging", {
                        application: www.id,
                        name: "Staging",
                        hostname: "staging.acme.example",
                    });
                    const domain = new section.Domain("shop", { environment: www.production, hostname });
                    return { record: domain.dns };
                };
                const stack = await openStackHere({
                    folder,
                    program: program("shop.acme.example"),
                    environment: { SECTION_ENDPOINT: platform.url, SECTION_TOKEN: platform.token },
                });
                const { outputs } = await stack.up();
                // the client sets the record that the program shows, and the platform has not looked since
                const { name, value } = outputs.record as { name: string; value: string };
                aliases.set(name, value);
                const [{ id: account }] = await platform.api.get("/account");
                stack.setProgram(program("store.acme.example"));
                await assert.rejects(
                    stack.preview(),
                    /is live and changing hostname would delete it.*section:allowLiveDelete/s,
                );
                aliases.clear();
                await stack.preview();
                aliases.set(name, value);
                await assert.rejects(stack.destroy(), /shop\.acme\.example serves visitors/);
                const left = (await platform.api.get(`/account/${account}/domains`)).map(
                    ({ domain_name }: { domain_name: string }) => domain_name,
                );
                assert.ok(
                    left.includes("shop.acme.example") && left.includes("www.acme.example"),
                    "what is live, and what it belongs to, is still there",
                );

                await stack.setConfig("section:allowLiveDelete", "true");
                const { changes } = await stack.up();
                assert.deepEqual(
                    [changes.replace, changes.create],
                    [1, 1],
                    "it has another name, and Staging is made again",
                );
                await stack.destroy();
                assert.deepEqual(await platform.api.get("/account"), []);
            } finally {
                await platform.close();
                dns.close();
            }
        }));
});
