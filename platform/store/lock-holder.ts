import { readFile, readlink } from "node:fs/promises";

/** The process that holds a lock. */
export interface LockHolder {
    pid: number;
    /**
     * When it started, in clock ticks since boot: tells it from a process that got its number later. Empty on systems
     * that do not say.
     */
    started: string;
    /**
     * The place where `pid` is valid: the boot of its machine and its PID namespace. Locks of older platforms have
     * none.
     */
    place?: string;
}

interface ProcessFacts {
    started: string;
    /** It has ended with all its threads, and its parent has not asked how: it writes nothing any more. */
    isZombie: boolean;
}

async function factsOf(pid: number): Promise<ProcessFacts | undefined> {
    try {
        const stat = await readFile(`/proc/${pid}/stat`, "latin1");
        const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
        const [state = "", threads, started = ""] = [fields[0], fields[17], fields[19]];
        // while other threads still end, the first one is a zombie already
        return { started, isZombie: "ZX".includes(state) && Number(threads) <= 1 };
    } catch {
        return undefined;
    }
}

/** Every machine calls its first namespace by the same number, so the boot belongs to it. */
async function currentPlace(): Promise<string> {
    const boot = await readFile("/proc/sys/kernel/random/boot_id", "utf8").catch(() => "");
    const namespace = await readlink("/proc/self/ns/pid").catch(() => "");
    return `${boot.trim()} ${namespace}`;
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
export async function describeSelf(): Promise<LockHolder> {
    return { pid: process.pid, started: (await factsOf(process.pid))?.started ?? "", place: await currentPlace() };
}

/**
 * True when a holder's number says nothing here: it runs in another container, on another machine, or ran before the
 * last boot.
 */
export async function isElsewhere({ place }: LockHolder): Promise<boolean> {
    return place !== undefined && place !== (await currentPlace());
}

/**
 * Whether the process that took a lock in this place is the one that runs under its number now. A zombie does not run:
 * below a first process that reaps nobody, as in some containers, it keeps its number for ever.
 */
export async function stillHolds({ pid, started }: LockHolder): Promise<boolean> {
    if (!isAlive(pid)) return false;
    const now = await factsOf(pid);
    return now === undefined || (!now.isZombie && (started === "" || now.started === started));
}
