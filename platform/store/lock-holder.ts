import { readFile } from "node:fs/promises";

/** The process that holds a lock. */
export interface Holder {
    pid: number;
    /** When it started, in clock ticks since boot: tells it from a process that got its number later. */
    started: string;
}

async function startOf(pid: number): Promise<string | undefined> {
    try {
        const stat = await readFile(`/proc/${pid}/stat`, "latin1");
        return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
    } catch {
        return undefined;
    }
}

function isAlive(pid: number): boolean {
    try {
        process.kill(pid, 0);
        return true;
    } catch (error) {
        return (error as NodeJS.ErrnoException).code === "EPERM";
    }
}

/** This process as the holder of a lock. */
export async function describeSelf(): Promise<Holder> {
    return { pid: process.pid, started: (await startOf(process.pid)) ?? "" };
}

/** Whether the process that took a lock is the one that runs under its number now. */
export async function stillHolds({ pid, started }: Holder): Promise<boolean> {
    if (!isAlive(pid)) return false;
    const now = await startOf(pid);
    return now === undefined || started === "" || now === started;
}
