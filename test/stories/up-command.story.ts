import assert from "node:assert/strict";
import { cp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { type FaultProxy, isMutating, startFaultProxy } from "../support/fault-proxy";
import { type RunningPlatform, startPlatform, withFolder } from "../support/platform";
import { pulumiSection, pulumiSectionOnTerminal } from "../support/provider-command";
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

/** A resource of the program's own, whose things only the state knows. */
const ticket = `import * as pulumi from "@pulumi/pulumi";

const provider: pulumi.dynamic.ResourceProvider = {
    create: async () => ({ id: "1", outs: {} }),
};

export class Ticket extends pulumi.dynamic.Resource {
    constructor(name: string) {
        super(provider, name, {});
    }
}
`;

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
            const logs = path.join(options.folder, "pulumi-home", "logs");
            assert.ok((await readdir(logs)).length > 1, "the engine writes logs");
            await rm(logs, { recursive: true });
            await writeFile(logs, "");
            assert.match(await mustPulumi(["preview"], options), /6 unchanged/);
            assert.equal(await readFile(logs, "utf8"), "", "a file in the place of its logs, as docs/scale.md says");
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
            assert.match(
                killed.output,
                /^the state was not saved: the next pulumi-section up finds out what was done$/m,
            );
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

    it("asks a person as pulumi up does, and then what becomes of what a killed one left", () =>
        withProgram(async ({ up, options, program, changes }) => {
            const declared = await readFile(program, "utf8");
            await writeFile(program, declared + declareSite("blog"));
            const run = up("--yes", "--skip-preview");
            await changes(2);
            while (!JSON.stringify(await platform.api.get("/account/graph")).includes("blog.acme.example"))
                await new Promise((resolve) => setTimeout(resolve, 20));
            await run.kill("engine");
            await run.finished;
            await writeFile(program, declared);
            const terminal = pulumiSectionOnTerminal(["up"], { ...options, timeoutMs: 100_000 });
            try {
                await terminal.until(/Do you want to perform this update\?/);
                terminal.type("\u001b[A\r"); // the arrow up chooses yes
                await terminal.until(/Delete 1 thing\? Otherwise they stay\. \[y\/N\] /);
                terminal.type("y\r");
                assert.equal(await terminal.ended, 0, terminal.shown);
                assert.match(terminal.shown, /application 1\/\d is removed/);
            } finally {
                terminal.close();
            }
        }));

    it("says why it saves after each step where something could not be found again", () =>
        withProgram(async ({ up, options, program }) => {
            const foreign =
                'import * as pulumi from "@pulumi/pulumi";\nimport { Ticket } from "./ticket";\nnew Ticket("ticket");\n';
            await writeFile(path.join(options.cwd, "ticket.ts"), ticket);
            await writeFile(program, foreign + (await readFile(program, "utf8")));
            const reason =
                /^the state is saved after each step: ticket \(pulumi-nodejs:dynamic:Resource\) is of another provider, so nothing but the state tells what a killed up made of it$/gm;
            for (const created of [/\+ 7 created/, /7 unchanged/]) {
                const { code, output } = await up("--yes").finished;
                assert.equal(code, 0, output);
                assert.equal(output.match(reason)?.length, 1, output);
                assert.match(output, created);
            }
        }));

    it("refuses a stack that another up works on, and tells who", () =>
        withProgram(async ({ up, proxy, changes }) => {
            proxy.decide(({ method }) => (method === "GET" ? "pass" : "hold"));
            const first = up("--yes", "--skip-preview");
            await changes(1);
            const second = await up("--yes").finished;
            assert.equal(second.code, 1);
            assert.match(
                second.output,
                /^pulumi-section: the stack is locked by process \d+ of \S+ on \S+, since .*\. Wait until the process ends; if it certainly has ended, run pulumi cancel, then run this again\.$/m,
            );
            await first.kill("engine");
            await first.finished;
        }));

    it("lets a refused or unknown command speak for itself, and has its outcome as data", () =>
        withProgram(async ({ up, options }) => {
            const unknown = await up("--yes", "--stack", "nowhere").finished;
            assert.deepEqual([unknown.code, /no stack named 'nowhere' found/.test(unknown.output)], [1, true]);
            const applied = await pulumiSection(["up", "--yes", "--skip-preview", "--json"], options);
            assert.deepEqual([applied.code, JSON.parse(applied.stdout)], [0, { outcome: "applied", left: [] }]);
            assert.match(applied.stderr, /6 created/);
        }));
});

describe("pulumi-section up on pure v1", () => {
    it("says that it saves after each step", () =>
        withFolder(async (folder) => {
            const platform = await startPlatform({ extensions: false });
            const cwd = path.join(folder, "program");
            await cp("examples/drift", cwd, { recursive: true });
            await symlink(path.resolve("node_modules"), path.join(cwd, "node_modules"));
            const settings = { SECTION_ENDPOINT: platform.url, SECTION_TOKEN: platform.token };
            const environment = { ...(await engineVariables(folder)), ...settings };
            await mustPulumi(["stack", "init", "story"], { cwd, folder, environment });
            const { output } = await startUp(["--yes", "--skip-preview"], cwd, environment).finished;
            assert.match(
                output,
                /^the state is saved after each step: http:\S+ keeps no claims, so nothing but the state tells what a killed up made$/m,
            );
            await platform.close();
        }));
});
