import type { AxiosResponse } from "axios";

/** The wait that an answer asks for, in seconds or by date. Undefined where it does not ask. */
export function askedDelayMs(response: Pick<AxiosResponse, "headers"> | undefined, now: number): number | undefined {
    const text: unknown = response?.headers["retry-after"];
    if (typeof text !== "string" && typeof text !== "number") return undefined;
    const delay = /^\s*\d+\s*$/.test(String(text)) ? Number(text) * 1000 : Date.parse(String(text)) - now;
    return delay > 0 ? delay : undefined;
}
