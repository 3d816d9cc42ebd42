import { open } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";

/**
 * The interval at which a lock's holder touches it, and the time a newcomer watches it before it calls the holder dead.
 */
export interface Timing {
    beatMs: number;
    patienceMs: number;
}

/** Three beats have to fail, and some time is left for a machine that is busy. */
export const usualTiming: Timing = { beatMs: 2_000, patienceMs: 8_000 };

const lookEveryMs = 100;

/** Opened, not only looked up: network file systems answer a look-up from their cache. */
async function touchedAt(file: string): Promise<number | undefined> {
    try {
        const handle = await open(file, "r");
        try {
            return (await handle.stat()).mtimeMs;
        } finally {
            await handle.close();
        }
    } catch {
        return undefined;
    }
}

/**
 * True as soon as a lock is touched; false when it is given back, or not touched for as long as patience lasts.
 * Compares no clocks.
 */
export async function beats(file: string, { patienceMs }: Timing): Promise<boolean> {
    const first = await touchedAt(file);
    for (const endMs = performance.now() + patienceMs; performance.now() < endMs; await sleep(lookEveryMs)) {
        const now = await touchedAt(file);
        if (now === undefined) return false;
        if (now !== first) return true;
    }
    return false;
}

/**
 * Touches a lock from a thread of its own, which a busy main thread does not hold up, until the returned function is
 * called. Ends this process when somebody has taken the folder over meanwhile, as after a long sleep: two writers would
 * lose data.
 */
export function startBeating(file: string, content: string, { beatMs }: Timing): () => Promise<void> {
    const worker = new Worker(require.resolve("section-platform/lock-heartbeat"), {
        workerData: { file, content, beatMs },
    });
    worker.unref();
    worker.on("error", (error) => {
        throw error; // without it the folder would be taken over under our hands
    });
    return async () => void (await worker.terminate());
}
