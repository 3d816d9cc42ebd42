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

/** Runs `work` while no other process runs it. Takes over the lock of a dead process. */
export async function withLock(file, say, work) {
    for (let told = false; ; ) {
        try {
            const handle = await open(file, "wx");
            await handle.writeFile(String(process.pid));
            await handle.close();
            break;
        } catch (error) {
            if (error.code !== "EEXIST") throw error;
        }
        const owner = Number(await readFile(file, "utf8").catch(() => ""));
        if (owner > 0 && !isAlive(owner)) {
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
