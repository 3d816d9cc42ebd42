import { setTimeout as sleep } from "node:timers/promises";
import { Problem } from "section-model";
import { makeRateProblem } from "../fair-use";
import { type AttemptRow, addAttempt, findAttempts, forgetAttempts } from "../store/attempts";
import type { Database } from "../store/database";

const windowMs = 3_600_000;
const dayMs = 86_400_000;
/** A network from which a user signed in is known to be theirs for so long after the last time. */
const knownForMs = 90 * dayMs;
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
const ofNetwork = ({ network }: Attempt) => ["passwords-of-network", network] as const;
const successOf = ({ emailKey, network }: Attempt) => ["right-password", emailKey, network] as const;

type Counts = Pick<AttemptRow, "count" | "last_at"> | undefined;

/** The wait after failures: half a minute after the last free one in an hour, twice as long after each further one. */
function remainingWaitSeconds(failures: Counts, now: Date, freeOnes: number): number {
    if (failures === undefined || failures.count < freeOnes) return 0;
    const waitMs = Math.min(firstWaitMs * 2 ** (failures.count - freeOnes), longestWaitMs);
    return Math.max(0, Math.ceil((failures.last_at.getTime() + waitMs - now.getTime()) / 1000));
}

function refuseWaiting(failures: Counts, now: Date, what: string): void {
    const retryAfterSeconds = remainingWaitSeconds(failures, now, free);
    if (retryAfterSeconds > 0) throw new Problem("rate-limited", `${what} were wrong too often`, { retryAfterSeconds });
}

/** Why a network has to wait that tries too many passwords, whatever the names. */
function judgeNetwork(failures: Counts, now: Date, most: number): Problem | undefined {
    const waitSeconds = most === 0 ? 0 : remainingWaitSeconds(failures, now, most);
    return waitSeconds > 0 ? makeRateProblem("addressWrongPasswordsPerHour", most, waitSeconds) : undefined;
}

/** The present state of an attempt. */
export interface Failures {
    /** Wrong passwords for this user from this network. */
    here: number;
    /** Wrong passwords for this user from everywhere. */
    together: number;
    /** When the user's right password last came from this network. */
    succeededAt?: Date;
    /** The answer to a wrong password of somebody who may try though their network waits: it is that to strangers. */
    insteadOfWrong?: Problem;
}

/**
 * Refuses a user's name from a network from which it came with wrong passwords too often, and any name from a network
 * from which too many wrong ones came. Nobody can do that to a user from elsewhere; and who has signed in from a network
 * before still can, whatever its other people do.
 *
 * @param mostFromNetwork wrong passwords of a network in an hour; 0 is no limit
 * @throws Problem `rate-limited`
 */
export async function admitAttempt(
    database: Database,
    attempt: Attempt,
    now: Date,
    mostFromNetwork = 0,
): Promise<Failures> {
    const counted = [fromNetwork(attempt), fromEverywhere(attempt), ofNetwork(attempt), successOf(attempt)] as const;
    const [here, together, network, success] = await findAttempts(database, counted, now);
    refuseWaiting(here, now, "the passwords for this user from this network");
    const problem = judgeNetwork(network, now, mostFromNetwork);
    if (problem !== undefined && success === undefined) throw problem;
    return {
        here: here?.count ?? 0,
        together: together?.count ?? 0,
        succeededAt: success?.last_at,
        insteadOfWrong: problem,
    };
}

const delayed = new Map<string, number>();

/**
 * Makes guessing from many networks at once slow. It delays only: a user who knows the password gets in, and without a
 * delay where they have signed in before.
 */
export async function delayAttempt({ emailKey }: Attempt, { together, succeededAt }: Failures): Promise<void> {
    if (together < freeTogether || succeededAt !== undefined) return;
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
 * Counts a wrong password; a right one forgives those for this user from its own network, and is remembered. Failures
 * from elsewhere stay counted: they were somebody else's.
 */
export async function settleAttempt(
    database: Database,
    attempt: Attempt,
    { here, succeededAt }: Failures,
    isRight: boolean,
    now: Date,
): Promise<void> {
    if (!isRight) {
        for (const counted of [fromNetwork(attempt), fromEverywhere(attempt), ofNetwork(attempt)])
            await addAttempt(database, counted, now, windowMs);
        return;
    }
    if (here > 0) await forgetAttempts(database, fromNetwork(attempt));
    if (succeededAt === undefined || now.getTime() - succeededAt.getTime() > dayMs) {
        await forgetAttempts(database, successOf(attempt)); // so that its time begins anew
        await addAttempt(database, successOf(attempt), now, knownForMs);
    }
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
