const firstRetryMs = 5 * 60_000;
const longestRetryMs = 86_400_000;
const longestAdvanceMs = 30 * 86_400_000;

/** Growing pauses, then one try a day for about a month: as long as a certificate lives that is due. */
export const mostAttempts = 36;

/**
 * The wait after this many failures. Half of it is random, so that orders that failed together do not come back
 * together.
 */
export function retryPauseMs(attempts: number, random = Math.random()): number {
    return Math.min(firstRetryMs * 2 ** (attempts - 1), longestRetryMs) * (0.5 + random / 2);
}

/**
 * 30 days before a certificate ends, or a third of its life if that is shorter; never at once, even when a
 * certificate's life is short.
 */
export function renewalOf({ validFrom, expires }: { validFrom: Date; expires: Date }, now: Date): Date {
    const lifeMs = expires.getTime() - validFrom.getTime() + 1000; // the last second is part of it
    const advance = Math.min(longestAdvanceMs, lifeMs / 3);
    return new Date(Math.max(expires.getTime() - advance, now.getTime() + advance));
}
