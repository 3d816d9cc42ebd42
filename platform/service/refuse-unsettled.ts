import { setTimeout as pause } from "node:timers/promises";
import { Problem } from "section-model";
import type { Context } from "./context";
import { drainOutbox } from "./outbox";

/** Longer than the claim of a replica that died in the middle of its work. */
const patienceMs = 20_000;
const pollMs = 100;

/** Refuses a request that can succeed a moment later: the client has only to try again. */
export function refuseUnsettled(what: string): never {
    throw new Problem("overloaded", `${what} is being made or deleted`, { retryAfterSeconds: 1 });
}

/**
 * Waits for a thing that is half made or half deleted. A client that asks again after a lost reply gets the outcome,
 * even when another process has to finish the work first.
 *
 * @param what names the thing in the refusal when it takes too long
 */
export async function whenSettled(context: Context, what: string, isUnsettled: () => Promise<boolean>): Promise<void> {
    for (const end = Date.now() + patienceMs; await isUnsettled(); await pause(pollMs)) {
        if (Date.now() > end) refuseUnsettled(what);
        await drainOutbox(context);
    }
}
