import { readdir, readFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { Problem } from "section-model";

/** The variable by which the processes of one run of the engine are known, also after the engine is gone. */
export const runVariable = "SECTION_RUN";

const patienceMs = 5_000;
const oftenMs = 50;

interface RunProcess {
    pid: number;
    isEngine: boolean;
}

/** The processes of a run on this machine that still live. None where the system does not show their variables. */
async function listRunProcesses(run: string): Promise<RunProcess[]> {
    const pids = (await readdir("/proc").catch(() => [])).filter((name) => /^\d+$/.test(name));
    const found = await Promise.all(
        pids.map(async (pid): Promise<RunProcess[]> => {
            const variables = await readFile(`/proc/${pid}/environ`, "latin1").catch(() => "");
            if (!`\0${variables}`.includes(`\0${runVariable}=${run}\0`)) return [];
            const name = await readFile(`/proc/${pid}/comm`, "latin1").catch(() => "");
            return [{ pid: Number(pid), isEngine: name.trim() === "pulumi" }];
        }),
    );
    return found.flat();
}

function end({ pid }: RunProcess, signal: NodeJS.Signals): void {
    try {
        process.kill(pid, signal);
    } catch {} // it has ended by itself
}

/**
 * Ends what a killed engine has left running: its provider would go on changing things that nobody notes any more.
 *
 * @throws Problem when the engine itself still runs
 */
export async function endRunProcesses(run: string): Promise<void> {
    const engine = (await listRunProcesses(run)).find(({ isEngine }) => isEngine);
    if (engine !== undefined)
        throw new Problem("invalid-input", `the last up of this stack still runs, as process ${engine.pid}`, {
            remedy: "Wait until it ends, then run this again",
        });
    const begun = Date.now();
    while (Date.now() < begun + 2 * patienceMs) {
        const left = await listRunProcesses(run);
        if (left.length === 0) return;
        for (const each of left) end(each, Date.now() < begun + patienceMs ? "SIGTERM" : "SIGKILL");
        await pause(oftenMs);
    }
}
