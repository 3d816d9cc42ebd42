import assert from "node:assert/strict";
import { mkdir, symlink } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Choices, seed } from "../support/choices";
import { type EngineRole, engineRoles } from "../support/engine-processes";
import { type FaultProxy, isMutating, startFaultProxy } from "../support/fault-proxy";
import { type RunningPlatform, startPlatform, withFolder } from "../support/platform";
import { pulumiSection } from "../support/provider-command";
import { mustPulumi } from "../support/pulumi";
import { engineVariables } from "../support/stack";
import { startUp } from "../support/up";
import {
    type Edit,
    edits,
    makeSites,
    type Operation,
    operations,
    pickEdit,
    type SiteLine,
    writeProgram,
} from "./unsaved-kill/estate";
import { judge, lookNow } from "./unsaved-kill/judge";
import { removeLeft } from "./unsaved-kill/remove-left";

/** `SECTION_TEST_KILLS=60 SECTION_TEST_SITES=100` is the run whose figures docs/durability.md has. */
const kills = Number(process.env.SECTION_TEST_KILLS ?? 4);
const siteCount = Number(process.env.SECTION_TEST_SITES ?? 12);

interface Moment {
    operation: Operation;
    role: EngineRole;
    edit: Edit;
    /** Of the changes that the operation asks the platform for. */
    fraction: number;
    laterMs: number;
}

/** Every operation is killed in every way, one after the other: each three leave nothing over for the next three. */
function makeMoment(index: number, choices: Choices): Moment {
    const names = Object.keys(operations) as Operation[];
    const round = Math.floor(index / names.length);
    const operation = names[index % names.length] as Operation;
    const role = engineRoles[(index + round) % engineRoles.length] as EngineRole;
    return { operation, role, edit: pickEdit(choices), fraction: choices.fraction(), laterMs: choices.below(300) };
}

/** The number of changes that an operation asks for when nothing stops it. */
const changesOf: Readonly<Record<Operation, (sites: number) => number>> = {
    "first up": (sites) => 3 + 6 * sites,
    update: (sites) => 2 * sites,
    removal: (sites) => 3 + 3 * sites,
};

describe("ups that save the state once", () => {
    it(`are killed ${kills} times and lose nothing, make nothing twice and leave nothing over`, () =>
        withFolder(async (folder) => {
            const choices = new Choices(seed);
            let platform: RunningPlatform | undefined;
            // git goes through it as well
            const proxy: FaultProxy = await startFaultProxy(() => platform?.url as string);
            platform = await startPlatform({ publicUrl: proxy.url });
            const cwd = path.join(folder, "program");
            await mkdir(cwd);
            await symlink(path.resolve("node_modules"), path.join(cwd, "node_modules"));
            const settings = { SECTION_ENDPOINT: proxy.url, SECTION_TOKEN: platform.token };
            const environment = { ...(await engineVariables(folder)), ...settings };
            const options = { cwd, folder, environment };
            const changed = () => proxy.seen.filter(isMutating).length;
            const sums = { lost: 0, twice: 0, orphans: 0, removed: 0, late: 0, unsaved: 0 };
            const faults: string[] = [];
            let sites: readonly SiteLine[] = [];

            /** Kills one process of a run at the moment, or not at all if it ended before. */
            async function runAndKill({ operation, role, fraction, laterMs }: Moment, before: number): Promise<string> {
                const most = changesOf[operation](Math.max(before, siteCount));
                const deadly = changed() + 1 + Math.floor(fraction * most);
                const run = startUp(["--yes", "--skip-preview"], cwd, environment);
                let hasEnded = false;
                void run.finished.then(() => {
                    hasEnded = true;
                });
                while (!hasEnded && changed() < deadly) await pause(2);
                await pause(laterMs);
                if (!(await run.kill(role))) sums.late += 1;
                return (await run.finished).output;
            }

            /** What the operation begins with: nothing, or every site. */
            async function prepare(operation: Operation): Promise<void> {
                const wanted = operation === "first up" ? [] : makeSites(siteCount);
                if (JSON.stringify(sites) === JSON.stringify(wanted)) return;
                await writeProgram(cwd, wanted);
                const { code, output } = await startUp(["--yes", "--skip-preview"], cwd, environment).finished;
                assert.equal(code, 0, output);
                sites = wanted;
            }

            try {
                await writeProgram(cwd, []);
                await mustPulumi(["stack", "init", "proof"], options);
                for (let index = 0; index < kills; index += 1) {
                    const moment = makeMoment(index, choices);
                    await prepare(moment.operation);
                    const wanted = operations[moment.operation](sites, siteCount);
                    await writeProgram(cwd, wanted);
                    const said = await runAndKill(moment, sites.length);
                    if (/^the state was not saved/m.test(said)) sums.unsaved += 1;
                    const killed = await lookNow(platform.api);
                    const declared = edits[moment.edit](wanted, sites);
                    await writeProgram(cwd, declared);
                    const next = await startUp(["--yes", "--skip-preview"], cwd, environment).finished;
                    const story = `${index}: ${JSON.stringify(moment)}\n--- killed\n${said}\n--- next\n${next.output}`;
                    const fail = (what: string) => faults.push(`${what}\n${story}`);
                    if (next.code !== 0 && next.code !== 2) fail(`the next up ended with ${next.code}`);
                    if (next.code === 2) {
                        const refusal = await removeLeft(options);
                        sums.removed += 1;
                        if (refusal !== undefined) fail(`what is left was not removed: ${refusal}`);
                    }
                    const verdict = judge(declared, killed, await lookNow(platform.api));
                    for (const kind of ["lost", "twice", "orphans"] as const) {
                        sums[kind] += verdict[kind].length;
                        if (verdict[kind].length > 0) fail(`${kind}: ${verdict[kind].join(", ")}`);
                    }
                    const preview = await mustPulumi(["preview"], options);
                    if (/to (create|update|delete|replace)/.test(preview)) fail(`the preview is not empty: ${preview}`);
                    const drift = await pulumiSection(["drift"], options);
                    if (drift.code !== 0) fail(`the platform is not as declared: ${drift.stdout}${drift.stderr}`);
                    sites = declared;
                }
            } finally {
                await proxy.close();
                await platform.close();
            }
            console.log(
                `      seed ${seed}: ${kills} kills at ${siteCount} sites, ${sums.unsaved} without a saved state, ${sums.late} after the end: ` +
                    `${sums.lost} lost, ${sums.twice} twice, ${sums.orphans} orphans; ${sums.removed} times something was left and removed`,
            );
            assert.deepEqual(faults, []);
        }));
});
