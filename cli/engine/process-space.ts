import { readdir, readFile, readlink } from "node:fs/promises";
import { hostname } from "node:os";

/** The pid namespace of the machine itself, by which Linux names it everywhere. */
const ofMachine = "pid:[4026531836]";
const bootFile = "/proc/sys/kernel/random/boot_id";

/** Where the id of a process means that process: a host, since its start, in one container. */
export interface ProcessSpace {
    host: string;
    /** Undefined where the system has no such thing. */
    boot?: string;
    container?: string;
}

/** The space of this process. */
export async function readProcessSpace(): Promise<ProcessSpace> {
    const boot = await readFile(bootFile, "utf8").catch(() => undefined);
    const container = await readlink("/proc/self/ns/pid").catch(() => undefined);
    return { host: hostname(), ...(boot && { boot: boot.trim() }), ...(container && { container }) };
}

export function isSameSpace(one: ProcessSpace, other: ProcessSpace): boolean {
    return one.host === other.host && one.boot === other.boot && one.container === other.container;
}

const readStatus = (pid: number | string) => readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
/** A process that has ended stays in the list until its parent asks for its exit code, which some never do. */
const hasEnded = (status: string) => /^State:\s*[ZX]/m.test(status);

/** Whether a process of this space lives. An id that another process got since is taken for living. */
export async function isAlive(pid: number): Promise<boolean> {
    try {
        process.kill(pid, 0);
        return !hasEnded(await readStatus(pid));
    } catch (error) {
        return (error as NodeJS.ErrnoException).code !== "ESRCH";
    }
}

/** The ids of a process that has not ended: the machine's, and that in each container around it. */
async function idsOf(pid: string): Promise<number[]> {
    const status = await readStatus(pid);
    return hasEnded(status) ? [] : (/^NSpid:\s*(.+)$/m.exec(status)?.[1] ?? "").split(/\s+/).map(Number);
}

/**
 * Whether no process of this host has the id, not even in a container. False as well where this process cannot see all
 * of them: in a container, which may share its host's name.
 */
export async function isNowhere(pid: number): Promise<boolean> {
    const { container } = await readProcessSpace();
    if (container === undefined) return process.platform !== "linux" && !(await isAlive(pid));
    if (container !== ofMachine) return false;
    const others = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
    return !(await Promise.all(others.map(idsOf))).flat().includes(pid);
}
