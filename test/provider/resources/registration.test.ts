import assert from "node:assert/strict";
import { createHook } from "node:async_hooks";
import * as section from "pulumi-section";
import { openStack } from "../../harness/stack";
import { startPlatform, withFolder } from "../../support/platform";

/** The promises that `work` makes before it returns. */
function countPromises(work: () => void): number {
    let count = 0;
    const init = (_id: number, type: string) => {
        if (type === "PROMISE") count += 1;
    };
    const hook = createHook({ init }).enable();
    try {
        work();
    } finally {
        hook.disable();
    }
    return count;
}

/** What registering costs grows with a program, and the SDK makes some thirty promises for each property. */
describe("the registration of a resource", () => {
    it("makes few promises", async () => {
        const counts: Record<string, number> = {};
        let acme: section.Organization;
        let beta: section.Organization;
        let www: section.Application;
        const steps: Record<string, () => unknown> = {
            Organization: () => (acme = new section.Organization("acme", { name: "Acme" })),
            Membership: () =>
                new section.Membership("ada", { organization: acme.id, email: "ada@agency.example", role: "admin" }),
            Application: () =>
                (www = new section.Application("www", { organization: acme.id, hostname: "www.acme.example" })),
            Environment: () =>
                new section.Environment("staging", {
                    application: www.id,
                    name: "Staging",
                    hostname: "staging.acme.example",
                    origin: "192.0.2.1",
                    config: { "varnish/a.vcl": "a" },
                    proxyChain: undefined,
                }),
            Domain: () => new section.Domain("shop", { environment: www.production, hostname: "shop.acme.example" }),
            Team: () => new section.Team("team", { organization: beta.id, members: { "ada@agency.example": "admin" } }),
            ClientSite: () =>
                new section.ClientSite("site", {
                    organization: acme.id,
                    hostname: "www.site.example",
                    origin: { address: "192.0.2.1" },
                    staging: {},
                    aliases: ["site.example"],
                }),
        };
        await withFolder(async (folder) => {
            const platform = await startPlatform();
            const environment = { SECTION_ENDPOINT: platform.url, SECTION_TOKEN: platform.token };
            const program = async () => {
                beta = new section.Organization("beta", { name: "Beta" });
                for (const [kind, step] of Object.entries(steps)) counts[kind] = countPromises(step);
            };
            const stack = await openStack({ folder, program, environment });
            await stack.preview().finally(() => platform.close());
        });
        const most: Record<string, number> = {
            Organization: 30,
            Membership: 75,
            Application: 30,
            Environment: 75,
            Domain: 60,
            Team: 75,
            ClientSite: 220,
        };
        const over = Object.entries(counts).filter(([kind, count]) => count > (most[kind] ?? 0));
        assert.deepEqual(over, []);
        assert.deepEqual(Object.keys(counts).sort(), Object.keys(most).sort());
    });
});
