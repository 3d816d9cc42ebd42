import type { AxiosError } from "axios";
import type { IAxiosRetryConfig } from "axios-retry";
import { askedDelayMs } from "./retry-after";

const repetitions = 4;
/** Of a request that nobody answered in its whole time: the first connection may have been a broken one. */
const repetitionsInVain = 1;
const firstDelayMs = 200;
const longestDelayMs = 10_000;
/** The time for retries after too many requests. An apply of thousands often meets a limit per minute. */
const patienceMs = 15 * 60_000;
const repeatable = new Set(["get", "head", "options"]);

function isTurnedAway({ response }: AxiosError): boolean {
    return response?.status === 429 || response?.status === 503;
}

/**
 * True when sending a request again is safe and may help: reads after any passing failure, writes only when the
 * platform refused them unread.
 */
export function mayRetry(error: AxiosError): boolean {
    const { config, response, code } = error;
    if (isTurnedAway(error) || code === "ECONNREFUSED") return true;
    if (!repeatable.has(config?.method?.toLowerCase() ?? "")) return false;
    const status = response?.status;
    return status === undefined ? code !== "ERR_CANCELED" : status === 408 || status === 425 || status >= 500;
}

/**
 * The wait before attempt `count` (from 1): Retry-After and a little more, so that not all come back at once. Without
 * Retry-After twice as long each time, with jitter.
 */
export function retryDelayMs(count: number, error: AxiosError, now = Date.now()): number {
    const asked = askedDelayMs(error.response, now);
    if (asked !== undefined) return asked * (1 + Math.random() / 4);
    const ceiling = Math.min(firstDelayMs * 2 ** (count - 1), longestDelayMs);
    return ceiling / 2 + Math.random() * (ceiling / 2);
}

/** True while waiting is worth it: a few times after a failure, much longer when the platform asks to come back. */
function isWorthwhile(count: number, error: AxiosError, startedAt: number): boolean {
    const asked = askedDelayMs(error.response, Date.now());
    if (!isTurnedAway(error) || (asked === undefined && error.response?.status === 503)) return count < repetitions;
    return Date.now() + (asked ?? 0) < startedAt + patienceMs;
}

const wasInVain = ({ response, code }: AxiosError) =>
    response === undefined && (code === "ECONNABORTED" || code === "ETIMEDOUT");

/**
 * The policy of one request, which begins now.
 *
 * @param tellPause told how long each wait takes before it is sent again
 */
export function retryPolicy(tellPause: (ms: number) => void = () => {}): IAxiosRetryConfig {
    const startedAt = Date.now();
    let count = 0;
    let inVain = 0;
    return {
        retries: Number.POSITIVE_INFINITY,
        retryCondition: (error) => {
            if (wasInVain(error)) inVain += 1;
            if (!mayRetry(error) || !isWorthwhile(count, error, startedAt) || inVain > repetitionsInVain) return false;
            count += 1;
            return true;
        },
        retryDelay: (attempt, error) => {
            const delayMs = retryDelayMs(attempt, error);
            tellPause(delayMs);
            return delayMs;
        },
        shouldResetTimeout: true,
    };
}
