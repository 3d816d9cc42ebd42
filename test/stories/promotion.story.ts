import assert from "node:assert/strict";
import type * as pulumi from "@pulumi/pulumi";
import * as section from "pulumi-section";
import { openStack } from "../harness/stack";
import { type RunningPlatform, startPlatform, withFolder } from "../support/platform";
import { pushFiles } from "../support/push";
import { cloneSite, type SiteClone } from "../support/site-clone";
import { openStack as openEngineStack, type TestStack } from "../support/stack";

const vcl = (line: string) =>
    `vcl 4.0;\n\nbackend default {\n    .host = "next-hop";\n    .port = "80";\n}\n\n# ${line}\n`;

interface Declared {
    line?: string;
    stagingHostname?: string;
    /** Default: the head of Staging. */
    promote?: string | "nothing";
    production?: Partial<section.EnvironmentArgs>;
}

const program =
    ({ line = "one", stagingHostname = "staging.acme.example", promote, production = {} }: Declared = {}) =>
    async () => {
        const firstSite = {
            hostname: "www.acme.example",
            origin: "production.example.net",
            stack: "varnish-6.3-basic",
        };
        const acme = new section.Organization("acme", { name: "Acme", firstSite });
        const www = new section.Application("www", {
            organization: acme.id,
            hostname: firstSite.hostname,
            origin: firstSite.origin,
        });
        const staging = new section.Environment("staging", {
            application: www.id,
            name: "Staging",
            hostname: stagingHostname,
            origin: "staging.example.net",
            config: { "varnish/default.vcl": vcl(line) },
        });
        const commit: pulumi.Input<string> = promote ?? staging.head;
        const promoted = promote === "nothing" ? {} : { promote: commit };
        const live = new section.Environment("production", {
            application: www.id,
            name: "Production",
            ...promoted,
            ...production,
        });
        return { gitUrl: www.gitUrl, staging: staging.head, production: live.head, over: live.promotedOver };
    };

for (const extensions of [true, false]) {
    describe(`promotion on ${extensions ? "this platform" : "pure v1"}`, () => {
        let platform: RunningPlatform;
        beforeEach(async () => {
            platform = await startPlatform({ extensions });
        });
        afterEach(() => platform.close());
        // on v1 with extensions, the main path runs on the real engine
        const main = extensions ? openEngineStack : openStack;

        async function withSite(work: (site: Site) => Promise<void>, open = openStack): Promise<void> {
            await withFolder(async (folder) => {
                const stack = await open({
                    folder,
                    program: program(),
                    environment: { SECTION_ENDPOINT: platform.url, SECTION_TOKEN: platform.token },
                });
                const { outputs } = await stack.up();
                const gitUrl = outputs.gitUrl as string;
                const { show, log } = await cloneSite(folder, platform.token, gitUrl);
                await work({ stack, gitUrl, show, log, outputs });
            });
        }

        it("from nothing, with each change of Staging, by hand, back to an older commit and back to what was there before", () =>
            withSite(async ({ stack, gitUrl, show, log, outputs: first }) => {
                const production = async () => JSON.parse(await show("section.config.json")).environments;
                assert.equal(await show("varnish/default.vcl"), vcl("one"));
                assert.deepEqual((await production()).Production, { origin: { address: "production.example.net" } });
                assert.equal((await production()).Staging, undefined, "blocks of others stay as Production has them");
                assert.equal((await log("Production")).length, 2, "the platform's commit, and one for the promotion");

                stack.setProgram(program({ line: "two" }));
                const unknown = await stack.preview();
                assert.match(unknown.stdout, /Production of 1\/1 gets the content of a commit that this update makes/);
                assert.equal(unknown.changes.update, 2);
                const two = (await stack.up()).outputs;
                assert.equal(await show("varnish/default.vcl"), vcl("two"));
                assert.equal((await log("Production")).length, 3);

                await pushFiles(platform.token, gitUrl, {
                    branch: "Staging",
                    message: "robots\u001b[2J",
                    files: { "robots.txt": "User-agent: *\n" },
                });
                await stack.refresh();
                const named = await stack.preview({ diff: true });
                assert.deepEqual([named.changes.update, named.changes.same], [1, 4]);
                assert.match(
                    named.stdout,
                    /goes live: Gita <gita@agency\.example>, 20\d\d-.* UTC, commit [0-9a-f]{10} "robots\\u001b\[2J"/,
                );
                assert.match(named.stdout, /file: added robots\.txt/);
                assert.match(named.stdout, /~ promote +: "[0-9a-f]{40}" => "[0-9a-f]{40}"/);
                assert.doesNotMatch(named.stdout, /is taken back|file: .*(default\.vcl|section\.config)/);
                await stack.up();
                assert.equal(await show("robots.txt"), "User-agent: *\n");

                stack.setProgram(program({ line: "two", stagingHostname: "stage.acme.example" }));
                const hostname = await stack.preview({ diff: true });
                assert.deepEqual(
                    [hostname.changes.update, hostname.changes.same],
                    [1, 4],
                    "Staging's head does not move, so nothing is promoted",
                );
                await stack.up();

                stack.setProgram(
                    program({ line: "two", stagingHostname: "stage.acme.example", promote: two.staging as string }),
                );
                const back = await stack.preview();
                assert.match(back.stdout, /is taken back: Gita/);
                assert.match(back.stdout, /file: removed robots\.txt/);
                await stack.up();
                await assert.rejects(show("robots.txt"), /robots\.txt/);

                const bare = await stack.up({
                    program: program({ line: "two", stagingHostname: "stage.acme.example", promote: "nothing" }),
                });
                assert.equal(bare.outputs.over, undefined);
                assert.notEqual(await show("varnish/default.vcl"), vcl("two"));
                const [rollback] = await log("Production");
                const restored = String(first.over).slice(0, 10);
                assert.match(rollback ?? "", new RegExp(`^Roll back Production to ${restored} \\([\\w-]+/[\\w-]+\\)$`));
                assert.deepEqual((await production()).Production, { origin: { address: "production.example.net" } });
                await stack.destroy();
            }, main));

        it("stops over a head that moved, with who, when and what; keeps what Production has of its own; refuses what it cannot promote", () =>
            withSite(async ({ stack, gitUrl, show, log }) => {
                const [account, application] = gitUrl.match(/\d+(?=\/)/g)?.slice(-2) ?? [];
                const egress = `/account/${account}/application/${application}/environment/Production/egress`;
                await platform.api.must("POST", egress, { origins: { default: { address: "moved.example.net" } } });
                const own = { production: { ipBlacklist: ["198.51.100.0/24"] } };
                await stack.up({ program: program({ line: "two", ...own }) });
                const { environments } = JSON.parse(await show("section.config.json"));
                assert.deepEqual(environments.Production, {
                    origin: { address: "moved.example.net" },
                    ip_blacklist: ["198.51.100.0/24"],
                });

                await pushFiles(platform.token, gitUrl, {
                    message: "a hotfix",
                    files: { "varnish/default.vcl": vcl("hotfix") },
                });
                const head = (await log("Production", "%H"))[0] as string;
                stack.setProgram(program({ line: "three", ...own }));
                await assert.rejects(
                    stack.up(),
                    /Gita <gita@agency\.example>, 20\d\d-.* UTC, commit [0-9a-f]{10} "a hotfix" moved branch Production from [0-9a-f]{10} to [0-9a-f]{10} and changed varnish\/default\.vcl\. Run `pulumi refresh`/,
                );
                assert.equal((await log("Production", "%H"))[0], head, "nothing was pushed");
                await stack.refresh();
                assert.match(
                    (await stack.preview()).stdout,
                    /is taken back: Gita <gita@agency\.example>, .*"a hotfix"/,
                );
                await stack.up();
                assert.equal(await show("varnish/default.vcl"), vcl("three"));
                assert.equal((await log("Production"))[1], "a hotfix", "it is built upon, not forced away");

                stack.setProgram(program({ line: "three", promote: "0123456789".repeat(4), ...own }));
                await assert.rejects(
                    stack.preview(),
                    /commit 0123456789 is in no branch of this repository: .*Staging is at Olga Owner /s,
                );
                stack.setProgram(program({ production: { config: { "a.txt": "a" }, proxyChain: [] } }));
                await assert.rejects(
                    stack.preview(),
                    /config comes with the commit that promote names; remove one of the two[\s\S]*proxyChain comes with/,
                );
            }));
    });
}

interface Site extends SiteClone {
    stack: TestStack;
    gitUrl: string;
    outputs: Record<string, unknown>;
}
