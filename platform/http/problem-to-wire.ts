import { isProblem, issuesOf, Problem } from "section-model";
import { ZodError } from "zod";

export interface WireProblem {
    status: number;
    headers: Record<string, string>;
    body: { message: string; messages?: string[]; code?: string };
}

interface FrameworkError {
    code?: string;
    statusCode?: number;
}

// what went wrong inside is for the log, under the transaction id of the answer
const unexpected = new Problem("internal", "an unexpected failure stopped this request");

/** Whatever was thrown, as a Problem. What nobody expected is `internal` and says nothing of its inside. */
export function problemOf(error: unknown): Problem {
    if (isProblem(error)) return error;
    if (error instanceof ZodError) {
        const reasons = issuesOf(error).map(({ property, reason }) => `${property || "the body"} ${reason}`);
        return new Problem("invalid-input", reasons.slice(0, 20).join("; "), { cause: error });
    }
    const { code, statusCode = 500 } = error as FrameworkError;
    if (code === "FST_ERR_CTP_BODY_TOO_LARGE" || statusCode === 413)
        return new Problem("body-too-large", "the body is larger than this platform accepts", { cause: error });
    if (statusCode >= 400 && statusCode < 500) return new Problem("invalid-input", "the request is malformed", { cause: error });
    return new Problem("internal", unexpected.detail, { cause: error });
}

/**
 * A Problem as v1 answers it; `code` stands beside the message where extensions are on.
 *
 * @param asList with `messages`, one for each thing that is wrong
 */
export function problemToWire(problem: Problem, extensions: boolean, asList = false): WireProblem {
    const isUnexpected = problem.code === "internal" || problem.status === 0;
    const { status, code, message: first, lines } = isUnexpected ? unexpected : problem;
    const headers: Record<string, string> = {};
    if (problem.retryAfterSeconds !== undefined) headers["retry-after"] = String(problem.retryAfterSeconds);
    const message = [first, ...lines].join("\n");
    const messages = asList && { messages: lines.length > 0 ? lines : [message] };
    return { status, headers, body: { message, ...messages, ...(extensions && { code }) } };
}
