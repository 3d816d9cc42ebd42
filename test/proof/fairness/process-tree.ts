import { readdir, readFile } from "node:fs/promises";

const ticksPerSecond = 100;

interface Process {
    pid: number;
    parent: number;
    /** Of itself and of its children that have ended. */
    cpuSeconds: number;
}

async function listProcesses(): Promise<Process[]> {
    const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
    const read = pids.map(async (pid): Promise<Process[]> => {
        const line = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined); // it has ended
        const fields = line?.slice(line.lastIndexOf(")") + 2).split(" ");
        if (fields === undefined) return [];
        const number = (index: number) => Number(fields[index]);
        const cpuSeconds = (number(11) + number(12) + number(13) + number(14)) / ticksPerSecond;
        return [{ pid: Number(pid), parent: number(1), cpuSeconds }];
    });
    return (await Promise.all(read)).flat();
}

/** Mebibytes of a process's own; pages of files, which the system can drop, do not count. */
async function ownMemory(pid: number): Promise<number> {
    const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
    return Number(/RssAnon:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024;
}

/** The memory, in MiB, and CPU time that a process and all below it have. */
export async function weighTree(root: number): Promise<{ mebibytes: number; cpuSeconds: number }> {
    const all = await listProcesses();
    const tree = all.filter(({ pid }) => pid === root);
    for (const { pid } of tree) tree.push(...all.filter(({ parent }) => parent === pid));
    const memory = await Promise.all(tree.map(({ pid }) => ownMemory(pid)));
    return {
        mebibytes: memory.reduce((sum, each) => sum + each, 0),
        cpuSeconds: tree.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0),
    };
}

/** Looks again and again how much memory a process and all below it have; `end` returns the most, in MiB. */
export function watchMemory(root: number): { end(): Promise<number> } {
    let most = 0;
    let isEnded = false;
    const watching = (async () => {
        while (!isEnded) {
            most = Math.max(most, (await weighTree(root)).mebibytes);
            await new Promise((resolve) => setTimeout(resolve, 150));
        }
    })();
    return {
        end: async () => {
            isEnded = true;
            await watching;
            return most;
        },
    };
}
