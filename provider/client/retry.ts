import type { AxiosError } from "axios";
import type { IAxiosRetryConfig } from "axios-retry";

const attempts = 4;
const firstDelayMs = 200;
const longestDelayMs = 10_000;
const repeatable = new Set(["get", "head", "options"]);

/** True when sending a request again is safe and may help: reads after any passing failure, writes only when they were turned away unread. */
export function mayRetry({ config, response, code }: AxiosError): boolean {
    const status = response?.status;
    if (status === 429 || status === 503) return true;
    if (code === "ECONNREFUSED") return true;
    if (!repeatable.has(config?.method?.toLowerCase() ?? "")) return false;
    return status === undefined ? code !== "ERR_CANCELED" : status === 408 || status === 425 || status >= 500;
}

/** How long to wait before attempt `count` (from 1): what Retry-After says, else twice as long each time, with jitter. */
export function retryDelayMs(count: number, error: AxiosError): number {
    const asked = Number(error.response?.headers["retry-after"]) * 1000;
    if (asked > 0) return Math.min(asked, longestDelayMs);
    const ceiling = Math.min(firstDelayMs * 2 ** (count - 1), longestDelayMs);
    return ceiling / 2 + Math.random() * (ceiling / 2);
}

export const retryPolicy: IAxiosRetryConfig = { retries: attempts, retryCondition: mayRetry, retryDelay: retryDelayMs, shouldResetTimeout: true };
