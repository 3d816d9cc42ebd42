import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";

const lookEveryMs = 5;

/**
 * The processor time of this thread so far, in milliseconds; undefined where the system does not say. On a busy machine
 * a stop lasts as long as other processes want.
 */
function readThreadMs(): number | undefined {
    try {
        return Number(readFileSync("/proc/thread-self/schedstat", "latin1").split(" ")[0]) / 1e6;
    } catch {
        return undefined;
    }
}

/** The longest stop of the event loop of this process while something is done, in milliseconds of its own work. */
export async function measureLag(work: () => Promise<unknown>): Promise<number> {
    const delay = monitorEventLoopDelay({ resolution: lookEveryMs });
    let [longest, last] = [0, readThreadMs()];
    const look = () => {
        const now = readThreadMs();
        if (now !== undefined && last !== undefined) longest = Math.max(longest, now - last);
        last = now;
    };
    const timer = setInterval(look, lookEveryMs);
    delay.enable();
    try {
        await sleep(3 * lookEveryMs); // a stop at the beginning is seen, too
        await work();
        await sleep(3 * lookEveryMs); // the last stop is seen behind it
    } finally {
        delay.disable();
        clearInterval(timer);
    }
    look();
    return last === undefined ? delay.max / 1e6 : Math.min(longest, delay.max / 1e6);
}

/** Makes sure that nothing stops the event loop for longer than others may notice. */
export async function refuseLag(what: string, mostMs: number, work: () => Promise<unknown>): Promise<void> {
    const lag = await measureLag(work);
    if (process.env.SECTION_TEST_SHOW_LAG !== undefined) console.log(`      ${lag.toFixed(0)} ms: ${what}`);
    assert.ok(lag <= mostMs, `${what} stopped the event loop for ${lag.toFixed(0)} ms`);
}
