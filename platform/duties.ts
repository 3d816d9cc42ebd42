import type { Logger } from "pino";
import { repeat } from "./repeat";
import { hurryOrders } from "./service/certificate-orders";
import type { Context } from "./service/context";
import { makeHousekeeper } from "./service/housekeeping";
import { verifyDueDomains } from "./service/live-state";
import { drainOutbox } from "./service/outbox";
import { removeExpired } from "./service/remove-expired";
import { keepUp } from "./store/vacuum-tables";

const usualTickMs = 2_000;
const removeExpiredEveryMs = 600_000;
const verifyTurnMs = 15_000;
const keepUpEveryMs = 60_000;

export interface DutySettings {
    /** 0 never. */
    verifyEveryHours: number;
    /** 0 never. */
    housekeepingSeconds: number;
    /** The interval at which it looks for work that others left. */
    tickEveryMs?: number;
}

/**
 * Begins what a platform does without being asked: finishes the work of dead replicas, orders certificates, looks at
 * the DNS, removes expired rows, tidies repositories and the embedded database.
 *
 * @returns a function that ends it; it resolves when nothing of it runs any more
 */
export function startDuties(
    context: Context,
    { verifyEveryHours, housekeepingSeconds, tickEveryMs = usualTickMs }: DutySettings,
    log: Logger,
): () => Promise<void> {
    const ticking = setInterval(() => {
        drainOutbox(context).catch((error) => log.warn({ err: error }, "the outbox could not be read"));
        hurryOrders(context);
    }, tickEveryMs);
    ticking.unref();
    hurryOrders(context);
    const stopVerifying =
        verifyEveryHours === 0 ? undefined : repeat(verifyTurnMs, (hurry) => verifyDueDomains(context, hurry), log);
    const stopExpiry = repeat(removeExpiredEveryMs, () => removeExpired(context), log);
    const stopTidying =
        housekeepingSeconds === 0 ? undefined : repeat(housekeepingSeconds * 1000, makeHousekeeper(context), log);
    const { database, isExclusive } = context.store;
    const stopUpkeep = isExclusive ? repeat(keepUpEveryMs, () => keepUp(database), log) : undefined;
    return async () => {
        clearInterval(ticking);
        await Promise.all([stopVerifying?.(), stopExpiry(), stopTidying?.(), stopUpkeep?.()]);
    };
}
