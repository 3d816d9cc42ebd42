import assert from "node:assert/strict";
import { findDeclaredPeople } from "../../../cli/access/declared-people";
import type { StateResource } from "../../../cli/engine/state";
import { withFolder } from "../../support/platform";
import { providerPlatform } from "../../support/provider";
import { pulumiSection } from "../../support/provider-command";
import { fresh } from "../../support/stores";

const resource = (kind: string, name: string, id: string, more: Partial<StateResource> = {}): StateResource => ({
    ...{ urn: name, name, kind, id, inputs: {}, outputs: {}, provider: "", secrets: [] },
    ...more,
});

describe("pulumi-section access", function () {
    this.timeout(60_000);

    it("knows who a stack declares: by membership and team, not those who have ended, nor those at another endpoint", () =>
        withFolder(async (folder) => {
            const resources = [
                resource("organization", "acme", "1"),
                resource("membership", "jane", "1/jane@agency.example"),
                resource("membership", "over", "1/over@agency.example", { outputs: { ended: true } }),
                resource("membership", "elsewhere", "1/else@agency.example", { provider: "other" }),
                resource("membership", "explicit", "1/same@agency.example", { provider: "same", noted: "index.ts" }),
                resource("team", "team", "2", {
                    inputs: {
                        members: {
                            "Ada@agency.example": "admin",
                            "summer@agency.example": { role: "state", until: "2020-01-01" },
                        },
                    },
                    outputs: { ended: ["summer@agency.example"] },
                }),
            ];
            const settings = (endpoint: string) => ({
                get: (key: string) => (key === "section-provider:endpoint" ? endpoint : undefined),
            });
            const explicit = new Map([
                ["other", settings("https://other.example")],
                ["same", settings("https://platform.example/")],
            ]);
            const found = await findDeclaredPeople(
                { resources, explicit, claims: new Map(), begun: new Set(), foreign: [] },
                "https://platform.example",
                folder,
            );
            assert.deepEqual(
                [...found],
                [
                    ["1/jane@agency.example", "jane"],
                    ["1/same@agency.example", "explicit (index.ts)"],
                    ["2/ada@agency.example", "team"],
                ],
            );
        }));

    it("answers for one client, for a person, as JSON; refuses in words", async () => {
        const { url, token, api } = await providerPlatform();
        const name = fresh("Access ");
        await api.must("POST", "/account", { name });
        const environment = { SECTION_ENDPOINT: url, SECTION_TOKEN: token };
        const run = (...args: string[]) => pulumiSection(["access", ...args], { environment });
        const one = await run("--client", name.toUpperCase());
        assert.match(
            one.stdout,
            /^Who has access: 1 person, 1 membership of 1 client, seen by olga@agency\.example at .*\n\nperson .*\nolga@agency\.example .* admin +owner\n$/,
        );
        const person = JSON.parse((await run("--client", name, "--person", " Olga@Agency.example", "--json")).stdout);
        assert.deepEqual([person.person, person.ends.length], ["olga@agency.example", 1]);
        assert.match(person.ends[0].handOver[0].remedy, /Transfer the ownership first/);
        assert.deepEqual(JSON.parse((await run("--client", name, "--json")).stdout).clients[0].name, name);
        for (const [args, message] of [
            [["--client", `${name}x`], /there is no organization .*Check the name; the nearest ones are Access/],
            [["--person", "olga"], /--person "olga" must be an e-mail address such as/],
            [["--client", name, "--person", "olgo@agency.example"], /the nearest ones are olga@agency\.example/],
            [["--stack", "none"], /the state of the stack cannot be read|pulumi cannot be started/],
        ] as const) {
            const { code, stdout, stderr } = await run(...args);
            assert.deepEqual([code, stdout], [1, ""]);
            assert.match(stderr, message);
        }
        assert.match((await run("--help")).stdout, /Examples:\n {2}\$ pulumi-section access\n/);
    });
});
