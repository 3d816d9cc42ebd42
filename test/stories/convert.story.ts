import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import * as section from "pulumi-section";
import { startFaultProxy } from "../support/fault-proxy";
import { type RunningPlatform, startPlatform, withFolder } from "../support/platform";
import { pulumiSection } from "../support/provider-command";
import { mustPulumi } from "../support/pulumi";
import { listRecorded, openRecorded } from "../support/recorded-state";
import { requireSome } from "../support/require-some";
import { engineVariables, openStack, type TestStack } from "../support/stack";

class Ticket extends pulumi.dynamic.Resource {
    constructor(name: string, opts: pulumi.CustomResourceOptions) {
        super({ create: async () => ({ id: "T-1", outs: {} }) }, name, {}, opts);
    }
}

/** A stack on a platform, and the command in its folder. */
class Converted {
    constructor(
        private readonly folder: string,
        private readonly stack: TestStack,
        private readonly url: string,
    ) {}

    /** The state, secrets in clear: the engine encrypts them anew whenever it takes a state. */
    async state(): Promise<string> {
        const options = { cwd: path.join(this.folder, "work"), folder: this.folder, environment: {} };
        const text = await mustPulumi(["stack", "export", "--show-secrets", "--stack", "test"], options);
        const { manifest, secrets_providers, ...deployment } = JSON.parse(text).deployment;
        return JSON.stringify(deployment, undefined, 4);
    }

    /** Converts, and expects that nobody asked the platform for anything, and that the preview is empty. */
    async convert(to: "plugin" | "dynamic"): Promise<string> {
        const proxy = await startFaultProxy(this.url);
        try {
            const environment = {
                ...(await engineVariables(this.folder)),
                SECTION_ENDPOINT: proxy.url,
                SECTION_TOKEN: "none",
            };
            const cwd = path.join(this.folder, "work");
            const { code, stdout, stderr } = await pulumiSection(["convert", "--to", to, "--stack", "test", "--yes"], {
                cwd,
                environment,
            });
            assert.equal(code, 0, stdout + stderr);
            assert.equal(proxy.seen.length, 0, "requests");
            assert.match(stdout, /^converted to .*; nothing on the platform was touched\n/);
            const { changes, stdout: preview } = await this.stack.preview({ diff: true });
            const { same = 0, ...others } = changes;
            assert.deepEqual(others, {}, preview);
            assert.ok(same > 0);
            return stdout;
        } finally {
            await proxy.close();
        }
    }
}

describe("a stack that is converted", () => {
    it("from the state of every released version goes to the plugin and back, byte for byte; both previews are empty", async () => {
        for (const version of requireSome(await listRecorded()))
            await withFolder(async (folder) => {
                const { stack, platform } = await openRecorded(folder, version);
                try {
                    const converted = new Converted(folder, stack, platform.url);
                    const before = await converted.state();
                    const words = await converted.convert("plugin");
                    const backup = /^ {2}before +(\S+)$/m.exec(words)?.[1] ?? "";
                    assert.match(await readFile(backup, "utf8"), /dynamic\/section:Application/);
                    assert.doesNotMatch(await converted.state(), /nodejs|__provider/);
                    await converted.convert("dynamic");
                    assert.equal(await converted.state(), before);
                    await converted.convert("plugin");
                    const { same: kept = 0, ...drifted } = (await stack.refresh()).changes;
                    assert.deepEqual([drifted, kept > 0], [{}, true], "a refresh by the plugin changes nothing");
                    await converted.convert("dynamic");
                } finally {
                    await platform.close();
                }
            });
    });

    describe("with everything that a state can hold", () => {
        let platform: RunningPlatform;
        before(async () => {
            platform = await startPlatform();
        });
        after(() => platform.close());

        it("keeps providers, secrets, components, other packages' resources and outputs, and goes on with up on both sides", () =>
            withFolder(async (folder) => {
                const other = await platform.signUp("other@agency.example");
                const program = (name: string) => async () => {
                    const config = new pulumi.Config("section");
                    const eu = new section.Provider("eu", {
                        endpoint: platform.url,
                        token: config.requireSecret("otherToken"),
                    });
                    const theirs = new section.Organization("theirs", { name }, { provider: eu });
                    const mine = new section.Organization("mine", { name: pulumi.secret(name) });
                    const group = new pulumi.ComponentResource("agency:index:Client", "group", {}, {});
                    const site = new section.Application(
                        "www",
                        { organization: mine.id, hostname: "www.converted.example", origin: "192.0.2.1" },
                        { parent: group },
                    );
                    const staging = new section.Environment(
                        "staging",
                        { application: site.id, name: "Staging", hostname: "staging.converted.example" },
                        { parent: site },
                    );
                    const ticket = new Ticket("ticket", { dependsOn: [site] });
                    const seen = section.Application.get("seen", site.id);
                    return {
                        urn: site.urn,
                        staging,
                        theirs: theirs.id,
                        ticket: ticket.urn,
                        seen: seen.hostname,
                        cname: site.cname,
                    };
                };
                const stack = await openStack({
                    folder,
                    program: program("First"),
                    environment: { SECTION_ENDPOINT: platform.url, SECTION_TOKEN: platform.token },
                });
                await stack.setConfig("section:otherToken", other.token as string, true);
                await stack.setConfig("agency:key", "a-secret-of-the-agency", true);
                await stack.setConfig("section:maxDeletes", "50");
                await stack.up();
                const converted = new Converted(folder, stack, platform.url);
                const before = await converted.state();

                const backup = /^ {2}before +(\S+)$/m.exec(await converted.convert("plugin"))?.[1] ?? "";
                assert.ok(
                    !(await readFile(backup, "utf8")).includes(other.token as string),
                    "the token is in the backup",
                );
                const there = await converted.state();
                assert.match(there, /"type": "section:index:Guard"/);
                assert.match(there, /"type": "pulumi-nodejs:dynamic:Resource"/);
                assert.deepEqual(
                    there.split("\n").filter((line) => line.includes("dynamic/section")),
                    [],
                );
                await converted.convert("dynamic");
                assert.equal(await converted.state(), before);

                await converted.convert("plugin");
                const { changes } = await stack.up({ program: program("Second") });
                assert.equal(changes.update, 4, "two organizations, and the guard of each provider");
                await converted.convert("dynamic");
                const again = await stack.up({ program: program("Third") });
                assert.equal(again.changes.update, 4);
                await stack.destroy();
                assert.deepEqual(await platform.api.get("/account"), []);
            }));
    });
});
