import { AcmeFailure, retryAfterMs } from "./acme-failure";
import type { Reply } from "./reply";

/** An answer, with the time that the authority wants to be left alone before the next look. */
export interface Seen<T> {
    value: T;
    retryAfterMs?: number;
}

/** The JSON of an answer, checked for the properties that it must have. */
export function readAnswer<T>({ body, headers }: Reply, required: readonly (keyof T & string)[]): Seen<T> {
    let value: unknown;
    try {
        value = JSON.parse(body.toString("utf8"));
    } catch (cause) {
        throw new AcmeFailure("malformedAnswer", "the certificate authority answered no JSON", { cause });
    }
    const missing = required.find((key) => (value as Record<string, unknown> | null)?.[key] === undefined);
    if (missing !== undefined)
        throw new AcmeFailure("malformedAnswer", `the certificate authority's answer has no ${missing}`);
    return { value: value as T, retryAfterMs: retryAfterMs(headers["retry-after"]) };
}
