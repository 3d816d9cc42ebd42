import type { Reply } from "./reply";

const longestDetail = 500;

/** A certificate authority refused, answered something else, or did not answer. */
export class AcmeFailure extends Error {
    override readonly name = "AcmeFailure";
    readonly status?: number;
    readonly retryAfterMs?: number;

    constructor(
        /** The last part of the error's URN, such as `rateLimited`; `unreachable` and `malformedAnswer` are our own. */
        readonly kind: string,
        detail: string,
        { status, retryAfterMs, cause }: { status?: number; retryAfterMs?: number; cause?: unknown } = {},
    ) {
        super(oneLine(detail), { cause });
        this.status = status;
        this.retryAfterMs = retryAfterMs;
    }
}

/** Text of another server, fit to be shown: one line, not too long. */
function oneLine(text: string): string {
    const line = text.replaceAll(/[\s\p{Cc}]+/gu, " ").trim();
    return line.length > longestDetail ? `${line.slice(0, longestDetail)}…` : line;
}

/** The wait that a `Retry-After` header asks for, given in seconds or as a date. */
export function retryAfterMs(header: string | undefined, now = Date.now()): number | undefined {
    if (header === undefined) return undefined;
    const wait = /^\d+$/.test(header) ? Number(header) * 1000 : new Date(header).getTime() - now;
    return Number.isFinite(wait) ? Math.max(0, wait) : undefined;
}

interface ProblemDocument {
    type?: unknown;
    detail?: unknown;
    subproblems?: unknown;
}

/** A problem document (RFC 7807) of a certificate authority, with its parts about single names. */
export function failureOfDocument(
    document: unknown,
    details: { status?: number; retryAfterMs?: number } = {},
): AcmeFailure {
    const { type, detail, subproblems } = (document ?? {}) as ProblemDocument;
    const kind = typeof type === "string" ? (type.split(":").at(-1) as string) : "serverInternal";
    const more = Array.isArray(subproblems)
        ? subproblems.map((each: ProblemDocument | null) => each?.detail).filter((each) => typeof each === "string")
        : [];
    const text = [typeof detail === "string" ? detail : `status ${details.status ?? "unknown"}`, ...more].join("; ");
    return new AcmeFailure(kind, text, details);
}

/** The failure that a refusal describes. */
export function failureOfReply({ status, headers, body }: Reply): AcmeFailure {
    let document: unknown;
    try {
        document = JSON.parse(body.toString("utf8"));
    } catch {
        document = undefined;
    }
    return failureOfDocument(document, { status, retryAfterMs: retryAfterMs(headers["retry-after"]) });
}
