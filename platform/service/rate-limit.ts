import { Problem } from "section-model";
import { addAttempt, type Counted } from "../store/attempts";
import type { Database } from "../store/database";
import type { Context } from "./context";

/** The most times that something may happen in a window of time. */
export interface Rate {
    most: number;
    windowMs: number;
}

/** Counts one more and says whether that is still within the rate. Replicas count together. */
export async function isWithinRate(
    { now }: Context,
    database: Database,
    counted: Counted,
    { most, windowMs }: Rate,
): Promise<boolean> {
    return (await addAttempt(database, counted, now(), windowMs)).count <= most;
}

/** @throws Problem `rate-limited` with the time until the window is over */
export async function limitRate(
    { store, now }: Context,
    counted: Counted,
    { most, windowMs }: Rate,
    what: string,
): Promise<void> {
    const { count, expires_at } = await addAttempt(store.database, counted, now(), windowMs);
    if (count <= most) return;
    const retryAfterSeconds = Math.max(1, Math.ceil((expires_at.getTime() - now().getTime()) / 1000));
    throw new Problem("rate-limited", what, { retryAfterSeconds });
}
