import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { isMutating, startFaultProxy } from "../support/fault-proxy";
import { type RunningPlatform, startPlatform, withFolder } from "../support/platform";
import { mustPulumi, type PulumiProcess, pulumi, startPulumi } from "../support/pulumi";

const repository = path.resolve(".");

interface Graph {
    account_name: string;
    applications: { application_name: string; environments: unknown[] }[];
}

/** Asserts that everything of the example agency exists exactly once, after any number of attempts. */
async function assertWholeAgency({ api }: RunningPlatform): Promise<void> {
    const graph: Graph[] = await api.get("/account/graph");
    assert.deepEqual(graph.map(({ account_name }) => account_name).sort(), [
        "Acme Outdoor",
        "Agency",
        "Bakery Lindqvist",
        "City Museum",
        "Delta Freight",
    ]);
    const hostnames = graph.flatMap(({ applications }) => applications.map(({ application_name }) => application_name));
    assert.equal(hostnames.length, 10);
    assert.equal(new Set(hostnames).size, 10);
    assert.equal(
        graph.flatMap(({ applications }) => applications.flatMap(({ environments }) => environments)).length,
        18,
    );
}

function isJson(text: string): boolean {
    try {
        JSON.parse(text);
        return true;
    } catch {
        return false;
    }
}

/**
 * Kills an engine while its state is a whole file. It writes that in place, and these tests keep no copies: half a file
 * would be lost, and that is not what is looked at here.
 */
async function killBetweenWrites({ child, kill }: PulumiProcess, stateFile: string): Promise<void> {
    for (;;) {
        child.kill("SIGSTOP");
        if (isJson(await readFile(stateFile, "utf8"))) return kill();
        child.kill("SIGCONT");
        await new Promise((resolve) => setTimeout(resolve, 5));
    }
}

describe("an up that is interrupted", () => {
    let platform: RunningPlatform;
    beforeEach(async () => {
        platform = await startPlatform();
    });
    afterEach(() => platform.close());

    it("by kill -9 is finished by the next one", () =>
        withFolder(async (folder) => {
            const proxy = await startFaultProxy(platform.url);
            const options = {
                cwd: repository,
                folder,
                environment: { SECTION_ENDPOINT: proxy.url, SECTION_TOKEN: platform.token },
            };
            try {
                await mustPulumi(["stack", "init", "killed"], options);
                for (const deadly of [4, 30]) {
                    const before = proxy.seen.filter(isMutating).length;
                    const run = await startPulumi(["up", "--yes", "--skip-preview", "--stack", "killed"], options);
                    while (proxy.seen.filter(isMutating).length < before + deadly)
                        await new Promise((resolve) => setTimeout(resolve, 5));
                    await killBetweenWrites(run, path.join(folder, "pulumi-state/.pulumi/stacks/agency/killed.json"));
                    await mustPulumi(["cancel", "--yes", "--stack", "killed"], options);
                }
                await mustPulumi(["up", "--yes", "--skip-preview", "--stack", "killed"], options);
                const preview = await mustPulumi(["preview", "--stack", "killed"], options);
                assert.match(preview, /47 unchanged/);
                assert.doesNotMatch(preview, /to (create|update|delete|replace)/);
                await assertWholeAgency(platform);
                await mustPulumi(["destroy", "--yes", "--skip-preview", "--stack", "killed"], options);
                assert.deepEqual(await platform.api.get("/account"), []);
            } finally {
                await pulumi(["stack", "rm", "--yes", "--force", "killed"], options);
                await proxy.close();
            }
        }));

    it("by replies that get lost goes on by itself", () =>
        withFolder(async (folder) => {
            const proxy = await startFaultProxy(platform.url);
            const options = {
                cwd: repository,
                folder,
                environment: { SECTION_ENDPOINT: proxy.url, SECTION_TOKEN: platform.token },
            };
            try {
                await mustPulumi(["stack", "init", "lossy"], options);
                let count = 0;
                let lost = 0;
                proxy.decide((request) => {
                    if (!isMutating(request)) return "pass";
                    count += 1;
                    if (count % 3 !== 0) return "pass";
                    lost += 1;
                    return "lose-reply";
                });
                let { code, output } = await pulumi(["up", "--yes", "--skip-preview", "--stack", "lossy"], options);
                for (let runs = 1; code !== 0 && runs < 4; runs += 1)
                    ({ code, output } = await pulumi(["up", "--yes", "--skip-preview", "--stack", "lossy"], options));
                assert.equal(code, 0, output);
                assert.ok(lost >= 12, `${lost} replies were lost`);
                proxy.decide(() => "pass");
                assert.match(await mustPulumi(["preview", "--stack", "lossy"], options), /47 unchanged/);
                await assertWholeAgency(platform);
                await mustPulumi(["destroy", "--yes", "--skip-preview", "--stack", "lossy"], options);
            } finally {
                await pulumi(["stack", "rm", "--yes", "--force", "lossy"], options);
                await proxy.close();
            }
        }));
});
