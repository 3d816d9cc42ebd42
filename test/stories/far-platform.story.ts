import assert from "node:assert/strict";
import * as section from "pulumi-section";
import { startFaultProxy } from "../support/fault-proxy";
import { startPlatform, withFolder } from "../support/platform";
import { openStack } from "../support/stack";

const sites = 12;
/** Longer than a busy machine takes from one declaration to the next. */
const lateByMs = 250;

const hostnames = Array.from({ length: sites }, (_, index) =>
    ["www", "staging", "alias"].map((name) => `${name}.site${index}.example`),
);

const program = async () => {
    const acme = new section.Organization("acme", { name: "Acme" });
    for (const [index, [www, staging, alias]] of hostnames.entries()) {
        const site = new section.Application(`site-${index}`, {
            organization: acme.id,
            hostname: www as string,
            origin: "192.0.2.1",
        });
        new section.Environment(`staging-${index}`, { application: site.id, name: "Staging", hostname: staging });
        new section.Domain(`alias-${index}`, { environment: site.production, hostname: alias as string });
    }
};

describe("a platform that is far away", () => {
    it(`is not waited for at each hostname of ${sites} new sites, and is asked about each once`, () =>
        withFolder(async (folder) => {
            const platform = await startPlatform();
            const proxy = await startFaultProxy(platform.url);
            const asked: { hostname: string; atMs: number }[] = [];
            proxy.decide(({ path }) => {
                const [, hostname] = /\/hostname\/([^/?]+)$/.exec(path) ?? [];
                if (hostname !== undefined) asked.push({ hostname, atMs: performance.now() });
                return { lateByMs };
            });
            try {
                const environment = { SECTION_ENDPOINT: proxy.url, SECTION_TOKEN: platform.token };
                const stack = await openStack({ folder, program, environment });
                const { changes } = await stack.preview();
                assert.equal(changes.create, 1 + 1 + 3 * sites);
                assert.deepEqual(asked.map(({ hostname }) => hostname).sort(), hostnames.flat().sort());
                const waits = asked.filter(({ atMs }, index) => {
                    const before = asked[index - 1]?.atMs;
                    return before === undefined || atMs - before >= lateByMs;
                });
                console.log(`      ${asked.length} answers in ${waits.length} waits`);
                assert.ok(waits.length <= asked.length / 2, `${asked.length} answers in ${waits.length} waits`);
            } finally {
                await proxy.close();
            }
        }));
});
