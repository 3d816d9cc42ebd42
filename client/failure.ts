import type { AxiosError, AxiosResponse } from "axios";
import { Problem, type ProblemCode, problems } from "section-model";

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
}

function isProblemCode(code: unknown): code is ProblemCode {
    return typeof code === "string" && Object.hasOwn(problems, code);
}

function detailOf({ message, messages }: WireFailure, status: number): string {
    if (typeof message === "string" && message !== "") return message;
    if (Array.isArray(messages)) return messages.filter((line) => typeof line === "string").join("; ");
    return `the platform answered ${status}`;
}

/** A refusal of the platform as a Problem. A remedy that the message contains already is not repeated. */
export function refusalOf(response: AxiosResponse): Problem {
    const body: WireFailure = typeof response.data === "object" && response.data !== null ? response.data : {};
    const code = isProblemCode(body.code)
        ? body.code
        : (codeByStatus[response.status] ?? (response.status >= 500 ? "internal" : "invalid-input"));
    const message = detailOf(body, response.status);
    const { remedy } = problems[code];
    const ending = `. ${remedy}.`;
    const request = `${response.config.method?.toUpperCase()} ${response.config.url}`;
    const requestId = response.headers["aperture-tx-id"];
    const detail = message.endsWith(ending) ? message.slice(0, -ending.length) : message.replace(/\.$/, "");
    const traced =
        response.status >= 500 ? `${detail} (${request}${requestId ? `, request id ${requestId}` : ""})` : detail;
    // refused content has a list of its own, as a push has lines
    const lines = code === "push-refused" && Array.isArray(body.messages) ? body.messages.map(String) : [];
    return new Problem(code, traced, {
        lines,
        requestId,
        retryAfterSeconds: Number(response.headers["retry-after"]) || undefined,
        isUncertain: response.status >= 500,
    });
}

/** The reason of a failed request as a Problem: the platform's answer, or the reason why there is none. */
export function failureOf(error: unknown): unknown {
    const { isAxiosError, config, code, response, message } = error as AxiosError;
    if (!isAxiosError) return error;
    if (response !== undefined) return refusalOf(response);
    const address = `${config?.baseURL ?? ""}`;
    const reason =
        code === "ECONNABORTED" || code === "ETIMEDOUT"
            ? "did not answer in time"
            : `cannot be reached (${code ?? message})`;
    const isUncertain = code !== "ECONNREFUSED" && code !== "ENOTFOUND";
    return new Problem("unreachable", `${address} ${reason}`, { isUncertain, cause: new Error(message) }); // the error holds the token
}
