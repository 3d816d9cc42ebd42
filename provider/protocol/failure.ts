import { isProblem } from "section-model";
import type { Properties } from "../run/properties";

/** An error for the engine: one message, no stack trace when the cause is known, never the token. */
export function shapeError(error: unknown, subject: string, token: string | undefined): Error {
    const known = isProblem(error);
    const inner = error instanceof Error ? error.message : String(error);
    const lines = known ? error.lines.filter((line) => !error.message.includes(line)) : [];
    const text = [`${subject}: ${inner}`, ...lines].join("\n");
    const safe = token === undefined ? text : text.replaceAll(token, "[token]");
    const shaped = new Error(safe);
    // the engine's server prints the stack trace beside the message, which tells nothing more about an expected error
    if (known) shaped.stack = "";
    return shaped;
}

export interface PartialFailure {
    id: string;
    properties: Properties;
    reasons: string[];
}

/** An error that tells the engine to keep the object and to finish it next time. */
export function asPartialFailure(error: Error, id: string, properties: Properties): Error & PartialFailure {
    return Object.assign(error, { id, properties, reasons: [error.message] });
}
