import { setTimeout as sleep } from "node:timers/promises";
import { Problem } from "section-model";
import { type AttemptRow, addAttempt, findAttempts, forgetAttempts } from "../store/attempts";
import type { Database } from "../store/database";

const windowMs = 3_600_000;
/** Wrong ones in a window before waiting begins. */
const free = 5;
const firstWaitMs = 30_000;
const longestWaitMs = 900_000;
/** Wrong ones in a window, from all networks together, before everybody who gives this user's name is slowed down. */
const freeTogether = 20;
const firstDelayMs = 100;
const longestDelayMs = 3_000;
/** Attempts for one user that a process lets wait at the same time. */
const mostDelayed = 20;

/** Somebody who gives a user's name and a password. Whether there is such a user makes no difference here. */
export interface Attempt {
    emailKey: string;
    network: string;
}

const fromNetwork = ({ emailKey, network }: Attempt) => ["password", emailKey, network] as const;
const fromEverywhere = ({ emailKey }: Attempt) => ["password", emailKey] as const;

/** The wait after failures: half a minute after the fifth in an hour, twice as long after each further one. */
function remainingWaitMs(failures: Pick<AttemptRow, "count" | "last_at"> | undefined, now: Date): number {
    if (failures === undefined || failures.count < free) return 0;
    const waitMs = Math.min(firstWaitMs * 2 ** (failures.count - free), longestWaitMs);
    return failures.last_at.getTime() + waitMs - now.getTime();
}

function refuseWaiting(failures: AttemptRow | undefined, now: Date, what: string): void {
    const waitMs = remainingWaitMs(failures, now);
    if (waitMs > 0)
        throw new Problem("rate-limited", `${what} were wrong too often`, {
            retryAfterSeconds: Math.ceil(waitMs / 1000),
        });
}

/** The numbers of wrong passwords so far. */
export interface Failures {
    here: number;
    together: number;
}

/**
 * Refuses a user's name from a network from which it came with wrong passwords too often. Nobody can do that to a user
 * from elsewhere.
 *
 * @throws Problem `rate-limited`
 */
export async function admitAttempt(database: Database, attempt: Attempt, now: Date): Promise<Failures> {
    const [here, together] = await findAttempts(database, [fromNetwork(attempt), fromEverywhere(attempt)], now);
    refuseWaiting(here, now, "the passwords for this user from this network");
    return { here: here?.count ?? 0, together: together?.count ?? 0 };
}

const delayed = new Map<string, number>();

/** Makes guessing from many networks at once slow. It delays only: a user who knows the password gets in. */
export async function delayAttempt({ emailKey }: Attempt, { together }: Failures): Promise<void> {
    if (together < freeTogether) return;
    const others = delayed.get(emailKey) ?? 0;
    if (others >= mostDelayed)
        throw new Problem("rate-limited", "too many passwords for this user are being tried", { retryAfterSeconds: 5 });
    delayed.set(emailKey, others + 1);
    await sleep(Math.min(firstDelayMs * 2 ** ((together - freeTogether) / 10), longestDelayMs));
    const left = (delayed.get(emailKey) ?? 1) - 1;
    if (left === 0) delayed.delete(emailKey);
    else delayed.set(emailKey, left);
}

/**
 * Counts a wrong password; a right one forgives those from its own network. Failures from elsewhere stay counted: they
 * were somebody else's.
 */
export async function settleAttempt(
    database: Database,
    attempt: Attempt,
    { here }: Failures,
    isRight: boolean,
    now: Date,
): Promise<void> {
    if (!isRight)
        for (const counted of [fromNetwork(attempt), fromEverywhere(attempt)])
            await addAttempt(database, counted, now, windowMs);
    else if (here > 0) await forgetAttempts(database, fromNetwork(attempt));
}

/** The credentials that a one-time code came beside. */
export type BesideCode = "password" | "token";

/** Counted apart, so that whoever has a token cannot keep the user from signing in. */
const codesOf = (userId: number, beside: BesideCode) =>
    beside === "password" ? ["code", String(userId)] : ["code", String(userId), beside];

/**
 * Refuses a one-time code when too many were wrong. They are counted apart: a right password must not forgive wrong
 * codes.
 */
export async function admitCode(database: Database, userId: number, beside: BesideCode, now: Date): Promise<void> {
    const [failures] = await findAttempts(database, [codesOf(userId, beside)], now);
    refuseWaiting(failures, now, "the one-time codes of this user");
}

export async function recordWrongCode(
    database: Database,
    userId: number,
    beside: BesideCode,
    now: Date,
): Promise<void> {
    await addAttempt(database, codesOf(userId, beside), now, windowMs);
}

export async function forgetWrongCodes(database: Database, userId: number, beside: BesideCode): Promise<void> {
    await forgetAttempts(database, codesOf(userId, beside));
}
