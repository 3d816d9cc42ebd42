import { type ProblemCode, type ProblemEntry, problems } from "./problems";

export interface ProblemDetails {
    /** Replaces the table's remedy where the thrower knows better. */
    remedy?: string;
    /** The input property that is wrong, as a path such as `origin.httpPort`. */
    property?: string;
    /** Further lines a person may need, such as a diff or `remote:` lines. */
    lines?: string[];
    /** The platform's transaction id. */
    requestId?: string;
    /** Seconds to wait before trying again. */
    retryAfterSeconds?: number;
    /** True when nobody can say whether the request was carried out: only looking again tells. */
    isUncertain?: boolean;
    cause?: unknown;
}

/**
 * An expected failure: what happened, to what, and what to do.
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
    readonly requestId?: string;
    readonly retryAfterSeconds?: number;
    readonly isUncertain: boolean;

    constructor(
        readonly code: ProblemCode,
        /** What happened and to what, without a full stop. */
        readonly detail: string,
        details: ProblemDetails = {},
    ) {
        const entry: ProblemEntry = problems[code];
        const remedy = details.remedy ?? entry.remedy;
        super(entry.exact ? detail : `${detail}. ${remedy}.`, { cause: details.cause });
        this.status = entry.status;
        this.remedy = remedy;
        this.property = details.property;
        this.lines = details.lines ?? [];
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
