import { isProblem, issuesOf, Problem } from "section-model";
import { ZodError } from "zod";
import { tellsDamage } from "../damage";
import { machineFailure } from "../machine-failure";
import type { Route } from "./route";

/** The name under which an answer lists failures, one by one. */
type ListName = NonNullable<Route["listsFailures"]>;

export interface WireProblem {
    status: number;
    headers: Record<string, string>;
    body: { message: string; code?: string; limit?: string } & Partial<Record<ListName, string[]>>;
}

interface FrameworkError {
    code?: string;
    statusCode?: number;
}

const mostReasons = 20;

// details of an internal failure are for the log, under the transaction id of the answer
const unexpected = new Problem("internal", "an unexpected failure stopped this request");
const damaged = new Problem("internal", "a file of this platform is damaged, and this request needs it", {
    remedy: "Report the request id to those who run the platform: section-platform check names the file",
});

function reasonsOf(error: ZodError): string[] {
    return issuesOf(error)
        .map(({ property, reason }) => `${property || "the body"} ${reason}`)
        .slice(0, mostReasons);
}

/** Anything thrown, as a Problem. An unexpected failure is `internal` and shows no details. */
export function problemOf(error: unknown): Problem {
    if (isProblem(error)) return error;
    if (error instanceof ZodError) return new Problem("invalid-input", reasonsOf(error).join("; "), { cause: error });
    const { code, statusCode = 500 } = error as FrameworkError;
    if (code === "FST_ERR_CTP_BODY_TOO_LARGE" || statusCode === 413)
        return new Problem("body-too-large", "the body is larger than this platform accepts", { cause: error });
    const ofMachine = machineFailure(error);
    if (ofMachine !== undefined) return ofMachine;
    if (code === "FST_ERR_BAD_URL")
        return new Problem(
            "invalid-input",
            "the address is not well-formed: it has a % without two hexadecimal digits, or bytes that are no UTF-8",
            {
                cause: error,
            },
        );
    if (code === "FST_ERR_MAX_PARAM_LENGTH")
        return new Problem("invalid-input", "a part of the address is longer than 1024 characters", { cause: error });
    if (statusCode >= 400 && statusCode < 500)
        return new Problem("invalid-input", "the request is malformed", { cause: error });
    return new Problem("internal", unexpected.detail, { cause: error });
}

/** The failures, one by one: the lines of a Problem, or the findings of a schema, else the message. */
function listOf(problem: Problem, message: string): string[] {
    if (problem.lines.length > 0) return problem.lines;
    return problem.code === "invalid-input" && problem.cause instanceof ZodError ? reasonsOf(problem.cause) : [message];
}

/**
 * A Problem as v1 answers it; `code`, and a limit that v1 does not name, are beside the message when extensions are on.
 *
 * @param list the name of a list with each failure, if clients expect one
 */
export function problemToWire(problem: Problem, extensions: boolean, list?: ListName): WireProblem {
    const headers: Record<string, string> = {};
    if (problem.retryAfterSeconds !== undefined) headers["retry-after"] = String(problem.retryAfterSeconds);
    if (problem.status === 401) headers["www-authenticate"] = 'Basic realm="section"';
    const isHidden = problem.code === "internal" || problem.status === 0;
    const shown = tellsDamage(problem) ? damaged : isHidden ? unexpected : problem;
    const message = [shown.message, ...shown.lines].join("\n");
    return {
        status: shown.status,
        headers,
        body: {
            message,
            ...(list && { [list]: listOf(shown, message) }),
            ...(extensions && { code: shown.code, ...(shown.limit !== undefined && { limit: shown.limit }) }),
        },
    };
}
