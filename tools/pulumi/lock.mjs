import { open, readFile, rm } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";

const pollMs = 2_000;

function isAlive(pid) {
    try {
        process.kill(pid, 0);
        return true;
    } catch (error) {
        return error.code === "EPERM";
    }
}

/**
 * When a process began, in clock ticks since boot; "" on systems that do not say. Undefined for one that is dead, or a
 * zombie: that has ended with all its threads, and keeps its number for ever below a first process that reaps nobody.
 * `platform/store/lock-holder.ts` has the same rule.
 */
async function findStart(pid) {
    if (!isAlive(pid)) return undefined;
    const stat = await readFile(`/proc/${pid}/stat`, "latin1").catch(() => undefined);
    if (stat === undefined) return "";
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const [state, threads, started] = [fields[0], Number(fields[17]), fields[19]];
    return "ZX".includes(state) && threads <= 1 ? undefined : started;
}

/** Whether the process that wrote a lock still works, and no other one has its number now. */
async function isHeld(pid, started) {
    const now = await findStart(pid);
    return now !== undefined && (started === undefined || now === started);
}

/** Runs `work` while no other process runs it. Takes over the lock of a process that has ended. */
export async function withLock(file, say, work) {
    for (let told = false; ; ) {
        try {
            const handle = await open(file, "wx");
            await handle.writeFile(`${process.pid} ${await findStart(process.pid)}`);
            await handle.close();
            break;
        } catch (error) {
            if (error.code !== "EEXIST") throw error;
        }
        const [owner, started] = (await readFile(file, "utf8").catch(() => "")).split(" ");
        if (Number(owner) > 0 && !(await isHeld(Number(owner), started))) {
            await rm(file, { force: true });
            continue;
        }
        if (!told) say(`waiting for process ${owner} which prepares the same`);
        told = true;
        await pause(pollMs);
    }
    try {
        return await work();
    } finally {
        await rm(file, { force: true });
    }
}
