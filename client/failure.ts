import type { AxiosError, AxiosResponse } from "axios";
import { durationOf, Problem, type ProblemCode, type ProblemEntry, problems } from "section-model";
import type { Connection } from "./connection";
import { explainNoAnswer } from "./no-answer";
import { refuseElsewhere } from "./no-platform";
import { askedDelayMs } from "./retry-after";

const codeByStatus: Partial<Record<number, ProblemCode>> = {
    400: "invalid-input",
    401: "unauthenticated",
    403: "forbidden",
    404: "not-found",
    405: "unsupported",
    410: "account-deleted",
    412: "head-moved",
    413: "body-too-large",
    429: "rate-limited",
    502: "overloaded",
    503: "overloaded",
    504: "overloaded",
};

interface WireFailure {
    message?: unknown;
    messages?: unknown;
    code?: unknown;
    /** The limit that was reached, beside a message of v1 that does not name it. */
    limit?: unknown;
}

function isProblemCode(code: unknown): code is ProblemCode {
    return typeof code === "string" && Object.hasOwn(problems, code);
}

function detailOf({ message, messages, limit }: WireFailure, status: number): string {
    if (typeof message === "string" && message !== "")
        return typeof limit === "string" ? `${limit}. ${message}` : message;
    if (Array.isArray(messages)) return messages.filter((line) => typeof line === "string").join("; ");
    return `the platform answered ${status}`;
}

interface Said {
    detail: string;
    /** Missing: that of the table. */
    remedy?: string;
}

/** The detail and the remedy of a message. A platform that gives codes puts its own remedy at the end. */
function splitRemedy(message: string, code: ProblemCode, isCoded: boolean): Said {
    const { remedy, exact }: ProblemEntry = problems[code];
    const ending = `. ${remedy}.`;
    if (message.endsWith(ending)) return { detail: message.slice(0, -ending.length) };
    const [, detail, own] = /^(.+)\. ([^.]+)\.$/s.exec(message) ?? [];
    if (isCoded && !exact && detail !== undefined && own !== undefined) return { detail, remedy: own };
    return { detail: message.replace(/\.$/, "") };
}

/** The same with the wait that an answer asks for: a person does not see its headers. */
function explainWait(code: ProblemCode, said: Said, waitSeconds: number | undefined): Said {
    const isOnWaiting = code === "rate-limited" || code === "overloaded";
    if (!isOnWaiting || said.remedy !== undefined || waitSeconds === undefined) return said;
    return { detail: said.detail, remedy: `Try again in ${durationOf(waitSeconds)}` };
}

/** The same for a token that may not do this: the setting that has the token is named. */
function explainToken({ endpoint, setBy }: Connection, code: ProblemCode, { detail, remedy }: Said): Said {
    if (setBy === undefined) return { detail, remedy };
    if (code === "forbidden")
        return { detail: `${endpoint} refuses this to the token from ${setBy.token}: ${detail}`, remedy };
    if (code === "token-ended")
        return {
            detail: `${endpoint} refuses the token from ${setBy.token}: ${detail}`,
            remedy: `Make a new one there, and put it into ${setBy.token}`,
        };
    if (code !== "unauthenticated") return { detail, remedy };
    return {
        detail: `${endpoint} does not know the token from ${setBy.token}: it is mistyped, revoked or expired (${detail})`,
        remedy: `Put a valid token of that endpoint into ${setBy.token}`,
    };
}

/** A refusal of the platform as a Problem. A remedy that the message contains already is not repeated. */
export function refusalOf(response: AxiosResponse, connection: Connection): Problem {
    const elsewhere = refuseElsewhere(response, connection);
    if (elsewhere !== undefined) return elsewhere;
    const body: WireFailure = typeof response.data === "object" && response.data !== null ? response.data : {};
    const isCoded = isProblemCode(body.code);
    const code = isProblemCode(body.code)
        ? body.code
        : (codeByStatus[response.status] ?? (response.status >= 500 ? "internal" : "invalid-input"));
    const waitMs = askedDelayMs(response, Date.now());
    const waitSeconds = waitMs && Math.ceil(waitMs / 1000);
    const said = explainWait(code, splitRemedy(detailOf(body, response.status), code, isCoded), waitSeconds);
    const { detail, remedy } = explainToken(connection, code, said);
    const request = `${response.config.method?.toUpperCase()} ${response.config.url}`;
    const requestId = response.headers["aperture-tx-id"];
    const traced =
        response.status >= 500 ? `${detail} (${request}${requestId ? `, request id ${requestId}` : ""})` : detail;
    // refused content has a list of its own, as a push has lines
    const lines = code === "push-refused" && Array.isArray(body.messages) ? body.messages.map(String) : [];
    return new Problem(code, traced, {
        ...(remedy !== undefined && { remedy }),
        lines,
        requestId,
        retryAfterSeconds: waitSeconds,
        isUncertain: response.status >= 500,
    });
}

/** The reason of a failed request as a Problem: the platform's answer, or the reason why there is none. */
export function failureOf(error: unknown, connection: Connection): unknown {
    const { isAxiosError, code, response, message } = error as AxiosError;
    if (!isAxiosError) return error;
    return response === undefined ? explainNoAnswer(connection, code, message) : refusalOf(response, connection);
}
