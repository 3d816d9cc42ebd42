import { setTimeout as pause } from "node:timers/promises";

/**
 * The work, or a failure after the time that the program gives it by the option customTimeouts. What was begun goes on:
 * half a push cannot be taken back, and the next `up` finds what was made.
 *
 * @param seconds 0: no limit
 */
export async function within<T>(seconds: number, verb: string, work: Promise<T>): Promise<T> {
    if (seconds <= 0) return work;
    const stop = new AbortController();
    const end = pause(seconds * 1000, undefined, { signal: stop.signal }).then(() => {
        throw new Error(
            `it took more than ${seconds} s to ${verb}, the limit of the option customTimeouts. Raise the limit; the next up finds what was made.`,
        );
    });
    try {
        return await Promise.race([work, end]);
    } finally {
        stop.abort();
        end.catch(() => {});
        work.catch(() => {});
    }
}
