import { type ProblemCode, problems } from "./problems";
import type { ProblemEntry } from "./unanswered-problems";

export interface ProblemDetails {
    /** Replaces the remedy of the table, where a better one is known. */
    remedy?: string;
    /** The input property that is wrong, as a path such as `origin.httpPort`. */
    property?: string;
    /** Further lines for a person, such as a diff or `remote:` lines. */
    lines?: string[];
    /** The limit that was reached, where the message cannot say it: existing clients compare the message. */
    limit?: string;
    /** The platform's transaction id. */
    requestId?: string;
    /** Seconds to wait before trying again. */
    retryAfterSeconds?: number;
    /** True when the request may or may not have been carried out: only another look tells. */
    isUncertain?: boolean;
    cause?: unknown;
}

/** With one full stop, also if the words of another program that it ends in have one. */
function asSentence(text: string): string {
    const words = text.replace(/[\s.]+$/, "");
    return /[?!]$/.test(words) ? words : `${words}.`;
}

/**
 * An expected failure: the event, the thing concerned, and the remedy.
 *
 * @example
 * throw new Problem("last-admin", "jane@agency.example is the last admin of organization 1335");
 */
export class Problem extends Error {
    override readonly name = "Problem";
    readonly status: number;
    readonly remedy: string;
    readonly property?: string;
    readonly lines: string[];
    readonly limit?: string;
    readonly requestId?: string;
    readonly retryAfterSeconds?: number;
    readonly isUncertain: boolean;

    constructor(
        readonly code: ProblemCode,
        /** The event and the thing concerned, without a full stop. */
        readonly detail: string,
        details: ProblemDetails = {},
    ) {
        const entry: ProblemEntry = problems[code];
        const remedy = details.remedy ?? entry.remedy;
        super(entry.exact ? detail : `${asSentence(detail)} ${asSentence(remedy)}`, { cause: details.cause });
        this.status = entry.status;
        this.remedy = remedy;
        this.property = details.property;
        this.lines = details.lines ?? [];
        this.limit = details.limit;
        this.requestId = details.requestId;
        this.retryAfterSeconds = details.retryAfterSeconds;
        this.isUncertain = details.isUncertain ?? false;
    }
}

/** Recognises a Problem across copies of this package. */
export function isProblem(error: unknown): error is Problem {
    return (
        error instanceof Error &&
        error.name === "Problem" &&
        "code" in error &&
        Object.hasOwn(problems, String(error.code))
    );
}
