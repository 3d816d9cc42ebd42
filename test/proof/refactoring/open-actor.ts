import { copyFile, readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { openHarnessStack } from "../../harness/stack";
import { openStack, stateFile } from "../../support/stack";
import type { Opened } from "./history";

const program = async () => {};

/** A stack that this process runs. Only operations that may be killed start processes. */
export async function openHere(name: string, environment: Record<string, string>): Promise<Opened> {
    const stack = await openHarnessStack({ program, name, environment });
    stack.runProviders("here");
    return {
        stack,
        faults: ["none", "none", "lost reply", "failure", "kill"],
        allowKill: (isAllowed) => stack.runProviders(isAllowed ? "in processes" : "here"),
        kill: stack.kill,
    };
}

/** The engines that this process has started. */
async function findEngines(): Promise<number[]> {
    const threads = await readdir("/proc/self/task");
    const lists = await Promise.all(threads.map((each) => readFile(`/proc/self/task/${each}/children`, "latin1")));
    const children = lists.flatMap((list) => list.split(" ").filter(Boolean).map(Number));
    const names = await Promise.all(children.map((pid) => readFile(`/proc/${pid}/comm`, "latin1").catch(() => "")));
    return children.filter((_, index) => names[index]?.trim() === "pulumi");
}

interface Processes {
    holdDescendants(pid: number): Promise<(signal: NodeJS.Signals) => Promise<void>>;
}

/** kill -9 of the engine and its plugins. */
async function killEngines(): Promise<void> {
    const { holdDescendants } = (await import(path.resolve("tools/pulumi/processes.mjs"))) as Processes;
    for (const pid of await findEngines()) {
        const endPlugins = await holdDescendants(pid);
        process.kill(pid, "SIGKILL");
        await endPlugins("SIGKILL");
    }
}

/** A stack of the engine itself. */
export async function openOnEngine(name: string, folder: string, environment: Record<string, string>): Promise<Opened> {
    const stack = await openStack({ folder, program, name, environment });
    let killed = Promise.resolve();
    const [state, before] = [stateFile(folder, name), path.join(folder, `${name}-before.json`)];
    return {
        stack,
        faults: ["none", "none", "lost reply", "failure", "kill"],
        canTarget: true,
        allowKill: async (isAllowed) => {
            if (isAllowed) await copyFile(state, before).catch(() => {}); // not there before the first operation
        },
        kill: () => {
            killed = killEngines();
        },
        recover: async () => {
            await killed;
            // the engine may have been killed while it wrote the file: people take their backup then
            const isWhole = await stack
                .state()
                .then(JSON.parse)
                .then(
                    () => true,
                    () => false,
                );
            if (!isWhole) await copyFile(before, state);
            await stack.automation.cancel();
        },
    };
}
