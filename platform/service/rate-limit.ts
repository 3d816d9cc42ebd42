import { Problem } from "section-model";
import { type FairUseName, makeRateProblem } from "../fair-use";
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

const hourMs = 3_600_000;

const secondsUntil = (end: Date, now: Date) => Math.max(1, Math.ceil((end.getTime() - now.getTime()) / 1000));

/**
 * Counts one more against a limit of fair use.
 *
 * @param key whose: of a user, an organization or a network
 * @throws Problem `rate-limited` with the time until the hour is over
 */
export async function limitFairUse(
    { options, now }: Pick<Context, "options" | "now">,
    database: Database,
    name: FairUseName & `${string}PerHour`,
    key: string,
): Promise<void> {
    const most = options[name];
    if (most === 0) return;
    const { count, expires_at } = await addAttempt(database, [name, key], now(), hourMs);
    if (count > most) throw makeRateProblem(name, most, secondsUntil(expires_at, now()));
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
    throw new Problem("rate-limited", what, { retryAfterSeconds: secondsUntil(expires_at, now()) });
}
