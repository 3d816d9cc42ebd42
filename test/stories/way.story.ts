import assert from "node:assert/strict";
import * as section from "pulumi-section";
import { kindOfType, resourceTypeOf, splitUrn } from "pulumi-section/internal";
import { openHarnessStack } from "../harness/stack";
import { type RunningPlatform, startPlatform, withFolder } from "../support/platform";
import { openStack as openEngineStack, type TestStack } from "../support/stack";

/** The types of this package's resources in a state. */
async function typesIn(stack: TestStack): Promise<string[]> {
    const { checkpoint } = JSON.parse(await stack.state()) as {
        checkpoint: { latest: { resources: { urn: string }[] } };
    };
    const types = checkpoint.latest.resources.map(({ urn }) => splitUrn(urn).type);
    return [...new Set(types.filter((type) => kindOfType(type) !== undefined))].sort();
}

const kinds = ["application", "domain", "environment", "guard", "membership", "organization"] as const;
const typesOf = (way: "dynamic" | "plugin") => kinds.map((kind) => resourceTypeOf(kind, way)).sort();

/** Numbers of things that an operation would make, change or remove. */
const changed = ({ create = 0, update = 0, replace = 0, delete: gone = 0 }) => create + update + replace + gone;

const places = [
    { name: "on the harness", open: openHarnessStack },
    { name: "on the engine", open: openEngineStack },
];
// a platform of pure v1 has no claims, which would keep what a mistake wants to delete
const cases = places.flatMap((place) => [true, false].map((extensions) => ({ ...place, extensions })));

for (const { name, open, extensions } of cases)
    describe(`from dynamic resources to the plugin and back ${name}, ${extensions ? "with claims" : "without"}`, () => {
        let platform: RunningPlatform;
        before(async () => {
            platform = await startPlatform({ extensions });
        });
        after(() => platform.close());

        it("changes nothing, also where a program names its provider, and each way goes on with the other's work", () =>
            withFolder(async (folder) => {
                const firstSite = extensions ? undefined : { hostname: "www.acme.example", origin: "192.0.2.1" };
                const program =
                    (origin = "192.0.2.1") =>
                    async () => {
                        const provider = new section.Provider("theirs", {
                            endpoint: platform.url,
                            token: platform.token,
                        });
                        const acme = new section.Organization("acme", { name: "Acme", firstSite });
                        new section.Membership("ada", {
                            organization: acme.id,
                            email: "ada@agency.example",
                            role: "admin",
                        });
                        const site = new section.ClientSite("www", {
                            organization: acme.id,
                            hostname: "www.acme.example",
                            origin,
                            aliases: ["shop.acme.example"],
                            staging: {},
                            config: { "varnish/robots.txt": "User-agent: *\n" },
                        });
                        new section.Domain(
                            "named",
                            { environment: site.application.production, hostname: "named.acme.example" },
                            { provider },
                        );
                        return { line: site.dnsLines["www.acme.example"] };
                    };
                const environment = { SECTION_ENDPOINT: platform.url, SECTION_TOKEN: platform.token };
                const stack = await open({ folder, program: program(), environment });
                await stack.setConfig("section:maxDeletes", "0");
                const made = await stack.up();
                assert.deepEqual(await typesIn(stack), typesOf("dynamic"));
                const before = await platform.api.get("/account");

                await stack.setConfig("section:plugin", "true");
                const { changes } = await stack.preview();
                assert.deepEqual([changed(changes), changes.update], [1, 1], "the names of a provider's settings");
                const through = await stack.up();
                assert.deepEqual(await typesIn(stack), typesOf("plugin"));
                assert.deepEqual(through.outputs, made.outputs);
                assert.equal((await stack.up({ program: program("192.0.2.2") })).changes.update, 2);

                await stack.setConfig("section:plugin", "false");
                await stack.up();
                assert.deepEqual(await typesIn(stack), typesOf("dynamic"));
                assert.equal((await stack.up({ program: program() })).changes.update, 2);
                assert.deepEqual(await platform.api.get("/account"), before, "everything is there, under the same ids");
                if (!extensions) return; // v1 deletes no organization
                stack.setEnvironment({ SECTION_MAX_DELETES: "20" });
                await stack.destroy();
                assert.deepEqual(await platform.api.get("/account"), []);
            }));
    });
