import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import { platformCommand } from "../../support/offline";
import type { SiteWriter } from "./site-writer";

/** What /readyz says: "ok", or what is in the way. */
export async function askReady(url: string): Promise<string> {
    const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(10_000) });
    return ((await answer.json()) as { status: string }).status;
}

/** Waits until a platform is ready again by itself. Returns the milliseconds that this took. */
export async function untilReady(url: string, patienceMs = 30_000): Promise<number> {
    const begun = performance.now();
    for (let said = ""; ; await pause(100)) {
        said = await askReady(url).catch((error: Error) => error.message);
        if (said === "ok") return Math.round(performance.now() - begun);
        assert.ok(performance.now() - begun < patienceMs, `it is not ready again: ${said}`);
    }
}

export interface Recovery {
    /** Until it was ready again, in milliseconds. */
    readyMs: number;
    /** What the writer had met by then. */
    done: number;
    refused: number;
    /** Facts that were acknowledged and are not there. */
    lost: string[];
}

/**
 * Waits until a platform works again by itself: the writer's next step is not refused, and no refusal before it was
 * without words.
 *
 * @param settleMs the time in which decided effects are finished
 */
export async function mustRecover(writer: SiteWriter, settleMs = 3_000): Promise<Recovery> {
    const readyMs = await untilReady(writer.url);
    const { done, refused } = writer.counts;
    await pause(settleMs);
    await writer.step();
    assert.deepEqual(writer.counts.faults, []);
    assert.equal(writer.counts.refused, refused, "it works again");
    return { readyMs, done, refused, lost: await writer.listLost() };
}

/** The words of `section-platform check`, which has to find nothing. */
export async function mustBeSound(dataDir: string): Promise<void> {
    assert.match(await platformCommand(dataDir, "check"), /rows and repositories agree/);
}

/** The words of `section-platform check`, which has to find something. */
export async function listFindings(dataDir: string): Promise<string> {
    return platformCommand(dataDir, "check").then(
        (words) => assert.fail(`check finds nothing: ${words}`),
        (error: Error & { stdout?: string; stderr?: string }) => `${error.stdout}${error.stderr}`,
    );
}
