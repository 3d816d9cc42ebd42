import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { appendFile, cp, readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { type FaultProxy, type Seen, startFaultProxy } from "../support/fault-proxy";
import { type Script, startScript } from "../support/http-server";
import { readSessions, steady } from "../support/page-sessions";
import { type RunningPlatform, startPlatform, withFolder } from "../support/platform";
import { mustPulumi, type PulumiOptions } from "../support/pulumi";
import { engineVariables } from "../support/stack";

interface World {
    options: PulumiOptions;
    cwd: string;
    /** Runs a line in a shell, as a person would. Keeps stdout and stderr in the order of printing. */
    run(command: string): Promise<{ code: number; output: string }>;
    /** Begins one that can be killed, with all its children. */
    begin(command: string): { hasEnded(): boolean; kill(): Promise<void> };
    /** Changes the line that all sites share. */
    edit(grace: string): Promise<void>;
}

/** A client more, with records of what is not made yet while the sites of others change. */
const newClient = `
const bookshop = new section.Organization("bookshop", { name: "Bookshop" });
const books = new section.Application("books", {
    organization: bookshop.id,
    hostname: "www.books.example",
    origin: "origin.agency.example",
});
new section.Environment("books-production", { application: books.id, name: "Production", config });
new section.Environment("books-staging", {
    application: books.id,
    name: "Staging",
    hostname: "staging.books.example",
    config,
});
const shop = new section.Domain("books-shop", { environment: books.production, hostname: "shop.books.example" });
export const lines = [books.dns.line, shop.dns.line];
export const record = shop.dns;
`;

const isPush = ({ method, path }: Seen) => method === "POST" && /\/environment\/\w+\/commit$/.test(path);

describe("waves", function () {
    this.timeout(900_000);
    let platform: RunningPlatform;
    let proxy: FaultProxy;
    let edge: Script;
    /** Hostnames for which the edge answers 503. */
    const ill = new Set<string>();
    beforeEach(async () => {
        ill.clear();
        proxy = await startFaultProxy(() => platform.url);
        platform = await startPlatform({ publicUrl: proxy.url }); // so that git goes through it too
        edge = await startScript(({ headers: { host = "" } }, response) =>
            response.writeHead(ill.has(host) ? 503 : 200).end(),
        );
    });
    afterEach(async () => {
        await edge.close();
        await proxy.close();
        await platform.close();
    });

    async function withProgram(sitesOfClient: number, work: (world: World) => Promise<void>): Promise<void> {
        await withFolder(async (folder) => {
            const cwd = path.join(folder, "program");
            await cp("examples/waves", cwd, { recursive: true });
            await symlink(path.resolve("node_modules"), path.join(cwd, "node_modules"));
            const program = path.join(cwd, "index.ts");
            await writeFile(
                program,
                (await readFile(program, "utf8")).replace("number <= 10", `number <= ${sitesOfClient}`),
            );
            const environment = { SECTION_ENDPOINT: proxy.url, SECTION_TOKEN: platform.token };
            const options = { cwd, folder, environment };
            await mustPulumi(["stack", "init", "story"], options);
            await mustPulumi(["up", "--yes", "--skip-preview"], options);
            const variables = await engineVariables(folder);
            const PATH = `${path.resolve("node_modules/.bin")}${path.delimiter}${variables.PATH}`;
            const env = {
                ...process.env,
                ...variables,
                NO_COLOR: "1",
                ...environment,
                EDGE: new URL(edge.url).host,
                PATH,
            };
            const run: World["run"] = (command) =>
                new Promise((resolve) => {
                    execFile("sh", ["-c", `${command} 2>&1`], { cwd, env }, (error, stdout) =>
                        resolve({ code: typeof error?.code === "number" ? error.code : 0, output: stdout }),
                    );
                });
            const begin: World["begin"] = (command) => {
                const child = spawn("sh", ["-c", `exec ${command}`], { cwd, env, stdio: "ignore" });
                const ended = new Promise((resolve) => child.once("close", resolve));
                const kill = async () => {
                    const { holdDescendants } = (await import(path.resolve("tools/pulumi/processes.mjs"))) as {
                        holdDescendants(pid: number): Promise<(signal: NodeJS.Signals) => Promise<void>>;
                    };
                    const endDescendants = await holdDescendants(child.pid as number);
                    child.kill("SIGKILL");
                    await endDescendants("SIGKILL");
                    await ended;
                };
                return { hasEnded: () => child.exitCode !== null, kill };
            };
            const shared = path.join(cwd, "proxy/varnish/default.vcl");
            const edit = async (grace: string) =>
                writeFile(shared, (await readFile(shared, "utf8")).replace(/grace = \w+/, `grace = ${grace}`));
            await work({ options, cwd, run, begin, edit });
        });
    }

    /** Commits with the shared line, by the name of the branch and site, as git has them. */
    async function countCommits(): Promise<Map<string, number>> {
        const counts = new Map<string, number>();
        for (const { id: account } of await platform.api.get("/account")) {
            for (const { id, application_name } of await platform.api.get(`/account/${account}/application`)) {
                for (const { environment_name } of await platform.api.get(
                    `/account/${account}/application/${id}/environment`,
                )) {
                    const commits = await platform.api.get(
                        `/account/${account}/application/${id}/environment/${environment_name}/commits`,
                    );
                    counts.set(`${application_name} ${environment_name}`, commits.length);
                }
            }
        }
        return counts;
    }

    /** Number of new commits -> number of environments that got as many. */
    function compare(before: Map<string, number>, after: Map<string, number>): Record<number, number> {
        const added: Record<number, number> = {};
        for (const [place, count] of after) {
            const more = count - (before.get(place) ?? 0);
            added[more] = (added[more] ?? 0) + 1;
        }
        return added;
    }

    it("does what docs/waves.md shows: stops at a site that is ill, goes on when it is well", () =>
        withProgram(10, async ({ run, edit, options }) => {
            const [first, second] = await readSessions("docs/waves.md");
            assert.ok(first && second);
            const before = await countCommits();
            await edit("2h");

            ill.add("www.acme-6.example");
            proxy.seen.length = 0;
            const stopped = await run(first.command);
            const shown = stopped.output.replaceAll(new URL(edge.url).host, "192.0.2.7:80");
            assert.equal(steady(shown), steady(first.expected));
            assert.equal(stopped.code, 2);
            const pushesAtStop = proxy.seen.filter(isPush);
            assert.equal(pushesAtStop.length, 3 + 2 + 5);
            const atStop = await countCommits();
            assert.deepEqual(compare(before, atStop), { 0: 23, 1: 10 });

            ill.clear();
            const resumed = await run(second.command);
            assert.equal(steady(resumed.output), steady(second.expected));
            assert.equal(resumed.code, 0);
            assert.equal(proxy.seen.filter(isPush).length, 33);
            assert.deepEqual(compare(before, await countCommits()), { 1: 33 });
            const graph: { applications: { id: number; application_name: string }[] }[] =
                await platform.api.get("/account/graph");
            const sites = new Map(
                graph.flatMap(({ applications }) =>
                    applications.map(
                        ({ id, application_name: name }) => [String(id), name.replace(/\.\w+$/, "")] as const,
                    ),
                ),
            );
            const sitesOf = (seen: Seen[]) =>
                seen.map(({ path }) => sites.get(/\/application\/(\d+)\//.exec(path)?.[1] ?? ""));
            assert.deepEqual(
                sitesOf(pushesAtStop.slice(0, 3)).sort(),
                ["www.acme-1", "www.bakery-1", "www.museum-1"],
                "staging goes first",
            );
            assert.deepEqual(sitesOf(pushesAtStop.slice(3, 5)).sort(), ["www.acme-2", "www.acme-3"]);
            assert.match(await mustPulumi(["preview"], options), /Resources:\n\s+70 unchanged/);
            const again = await run(second.command);
            assert.equal(again.code, 1);
            assert.match(again.output, /stack story has no run to resume: the run of \S+ is finished/);
            console.log(
                `      pushes: 10 when it stopped, 33 in the end, one for each of 33 environments; ${edge.requests.length} checks over HTTP`,
            );
        }));

    it("that are killed in the middle of one go on with the rest, also with a client that is new", () =>
        withProgram(4, async ({ cwd, run, begin, edit, options }) => {
            const before = await countCommits();
            await edit("3h");
            await appendFile(path.join(cwd, "index.ts"), newClient);
            await writeFile(
                path.join(cwd, "check.sh"),
                '#!/bin/sh\necho "$SITE $ENVIRONMENT $COMMIT" >> checked.txt\n',
                { mode: 0o755 },
            );
            const waves = "pulumi-section waves --check ./check.sh --settle 10ms --yes";
            proxy.seen.length = 0;
            const deadly = 3 + 3;
            const countPushes = () => proxy.seen.filter(isPush).length;
            proxy.decide((seen) => (isPush(seen) && countPushes() > deadly ? "hold" : "pass"));
            const { hasEnded, kill } = begin(`${waves} --sizes 8`);
            // the next one hangs: it is in the middle of a wave
            while (countPushes() <= deadly) {
                assert.equal(hasEnded(), false, "the command ended by itself");
                await new Promise((resolve) => setTimeout(resolve, 5));
            }
            await kill();
            proxy.decide(() => "pass");
            const { code, output } = await run(`${waves} --resume --json`);
            assert.match(output, /removed the lock of process \d+, which was killed after /);
            assert.match(output, /wave 1 of 2 {2}8 sites: .* \(applying\)\n/);
            const result = JSON.parse(output.slice(output.indexOf("\n{\n")));
            assert.deepEqual([code, result.outcome], [0, "done"], output);
            const places = result.waves.flatMap((wave: { places: object[] }) => wave.places);
            assert.equal(
                places.filter(
                    ({ isHealthy, state }: { isHealthy: boolean; state: string }) => isHealthy && state === "changed",
                ).length,
                17,
            );
            // the new branches begin with a commit of the platform, and Staging with two
            assert.deepEqual(compare(before, await countCommits()), { 1: 15, 2: 1, 3: 1 });
            assert.match(await mustPulumi(["preview"], options), /Resources:\n\s+39 unchanged/);
            const checked = (await readFile(path.join(cwd, "checked.txt"), "utf8")).trim().split("\n");
            assert.equal(new Set(checked).size, 17);
            const commits = new Set(
                places.map(
                    ({ site, environment, commit }: Record<string, string>) => `${site} ${environment} ${commit}`,
                ),
            );
            assert.deepEqual(new Set(checked), commits, "a check is told the commit that its site has");
            console.log(
                `      killed after ${deadly} of 17 pushes; one commit in each of 17 environments in the end, ${checked.length} checks by a program`,
            );
        }));
});
