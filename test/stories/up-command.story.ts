import assert from "node:assert/strict";
import { cp, readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { type FaultProxy, isMutating, startFaultProxy } from "../support/fault-proxy";
import { type RunningPlatform, startPlatform, withFolder } from "../support/platform";
import { pulumiSection } from "../support/provider-command";
import { mustPulumi, type PulumiOptions } from "../support/pulumi";
import { engineVariables } from "../support/stack";
import { type RunningUp, startUp } from "../support/up";

interface World {
    options: PulumiOptions;
    proxy: FaultProxy;
    /** The program's file. */
    program: string;
    up(...args: string[]): RunningUp;
    /** Ends once the platform has been asked for so many more changes. */
    changes(count: number): Promise<void>;
    /** What the state file has. */
    state(): Promise<{ resources?: { urn: string }[] }>;
}

const declareSite = (name: string) =>
    `\nnew section.Application("acme-${name}", { organization: acme.id, hostname: "${name}.acme.example", origin: "origin.acme.example" });\n`;

describe("pulumi-section up", () => {
    let platform: RunningPlatform;
    beforeEach(async () => {
        platform = await startPlatform();
    });
    afterEach(() => platform.close());

    async function withProgram(work: (world: World) => Promise<void>): Promise<void> {
        await withFolder(async (folder) => {
            const cwd = path.join(folder, "program");
            await cp("examples/drift", cwd, { recursive: true });
            await symlink(path.resolve("node_modules"), path.join(cwd, "node_modules"));
            const proxy = await startFaultProxy(platform.url);
            const environment = {
                ...(await engineVariables(folder)),
                SECTION_ENDPOINT: proxy.url,
                SECTION_TOKEN: platform.token,
            };
            const options = { cwd, folder, environment };
            try {
                await mustPulumi(["stack", "init", "story"], options);
                await work({
                    options,
                    proxy,
                    program: path.join(cwd, "index.ts"),
                    up: (...args) => startUp(args, cwd, environment),
                    changes: async (count) => {
                        const wanted = proxy.seen.filter(isMutating).length + count;
                        while (proxy.seen.filter(isMutating).length < wanted)
                            await new Promise((resolve) => setTimeout(resolve, 5));
                    },
                    state: async () => JSON.parse(await mustPulumi(["stack", "export"], options)).deployment,
                });
            } finally {
                await proxy.close();
            }
        });
    }

    it("applies as pulumi up does, in its words, and saves the state", () =>
        withProgram(async ({ up, options }) => {
            const { code, output } = await up("--yes").finished;
            assert.equal(code, 0, output);
            assert.match(output, /Previewing update \(story\):.*Updating \(story\):.*\+ 6 created/s);
            assert.match(await mustPulumi(["preview"], options), /6 unchanged/);
            assert.equal(await mustPulumi(["stack", "tag", "ls", "--json"], options), "{}\n");
        }));

    it("goes on by itself after kill -9, and names what the program no longer declares", () =>
        withProgram(async ({ up, options, program, changes, state }) => {
            const declared = await readFile(program, "utf8");
            await writeFile(program, declared + declareSite("blog") + declareSite("news"));
            const run = up("--yes", "--skip-preview");
            await changes(5);
            assert.ok(await run.kill("engine"));
            const killed = await run.finished;
            assert.equal(killed.code, 1, killed.output);
            assert.match(killed.output, /^the state was not saved: the next pulumi-section up finds out what was done$/m);
            assert.deepEqual((await state()).resources ?? [], []);
            const mark = await mustPulumi(["stack", "tag", "ls", "--json"], options);
            assert.match(mark, /section:unsaved/);

            // an up that saves at its end may be making it: nobody knows
            const early = await pulumiSection(["drift", "--left", "remove", "--yes"], options);
            assert.match(early.stdout + early.stderr, /the state has no resource at all/);

            await writeFile(program, declared);
            const next = await up("--yes").finished;
            assert.equal(next.code, 2, next.output);
            assert.match(next.output, /^removed the lock of process \d+, which was killed after 2026-/m);
            assert.match(next.output, /organization 1: acme goes on with it; it is there since /);
            assert.match(next.output, /^\d things? that this stack claimed (is|are) not in its state:$/m);
            assert.match(next.output, /^ {2}application 1\/\d \(acme-(blog|news)\), claimed /m);
            assert.match(next.output, /To delete them: pulumi-section drift --left remove$/m);
            assert.match(await mustPulumi(["preview"], options), /6 unchanged/);
            assert.equal(await mustPulumi(["stack", "tag", "ls", "--json"], options), "{}\n");

            const removed = await pulumiSection(["drift", "--left", "remove", "--yes"], options);
            assert.equal(removed.code, 0, removed.stdout + removed.stderr);
            assert.equal((await platform.api.get("/account/1/application")).length, 1);
        }));
});
