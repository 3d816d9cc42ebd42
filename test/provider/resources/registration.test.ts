import assert from "node:assert/strict";
import { createHook } from "node:async_hooks";
import * as section from "pulumi-section";
import { openStack } from "../../harness/stack";
import { withFolder } from "../../support/platform";

/** The promises that `work` makes before it returns. */
function countPromises(work: () => void): number {
    let count = 0;
    const hook = createHook({ init: (_id, type) => void (count += Number(type === "PROMISE")) }).enable();
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
            Domain: () => new section.Domain("shop", { environment: www.id, hostname: "shop.acme.example" }),
            Team: () => new section.Team("team", { organization: "7", members: { "ada@agency.example": "admin" } }),
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
            const environment = { SECTION_ENDPOINT: "http://127.0.0.1:9", SECTION_TOKEN: "none" };
            const program = async () => {
                for (const [kind, step] of Object.entries(steps)) counts[kind] = countPromises(step);
            };
            const stack = await openStack({ folder, program, environment });
            await stack.preview().catch(() => {}); // there is no platform: only what the program does counts
        });
        const most: Record<string, number> = {
            Organization: 150,
            Membership: 370,
            Application: 275,
            Environment: 450,
            Domain: 300,
            Team: 250,
            ClientSite: 1450,
        };
        for (const [kind, count] of Object.entries(counts))
            assert.ok(count > 0 && count <= (most[kind] ?? 0), `${kind}: ${count} promises: ${JSON.stringify(counts)}`);
    });
});
