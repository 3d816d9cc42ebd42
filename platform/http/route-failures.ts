import { type ProblemCode, problems } from "section-model";
import type { Route } from "./route";

type Asked = Pick<
    Route,
    "method" | "access" | "twoFactorExempt" | "params" | "query" | "body" | "headers" | "failures"
>;

function* generic({ method, access, twoFactorExempt, params, query, body, headers }: Asked): Generator<ProblemCode> {
    const isWrite = method !== "GET";
    if ([params, query, body, headers].some((schema) => schema !== undefined)) yield "invalid-input";
    if (body !== undefined) yield "invalid-json";
    if (access !== "anonymous") {
        yield* ["unauthenticated", "token-ended"] as const;
        if (isWrite || typeof access !== "string") yield "forbidden";
        if (access === "verified") yield "unverified";
        if (!twoFactorExempt) yield "second-factor";
    }
    if (params !== undefined) yield "not-found";
    if (access === "member" || typeof access !== "string") yield "account-deleted";
    if (isWrite) yield "body-too-large";
    yield* ["too-slow", "rate-limited", "head-too-large", "internal", "overloaded"] as const;
}

/**
 * Every code a route can fail with: its own, and those that its schemas, its access rule and the server give for bad
 * requests.
 */
export function failuresOf(route: Asked): readonly ProblemCode[] {
    return [...new Set([...generic(route), ...route.failures])];
}

/** What no request meets where extensions are off. */
const beyondV1: readonly ProblemCode[] = ["account-deleted", "claim-held"];

/** The same by status, in order; without extensions those of v1 only. */
export function failureStatuses(route: Asked, extensions = true): ReadonlyMap<number, readonly ProblemCode[]> {
    const codes = failuresOf(route).filter((code) => extensions || !beyondV1.includes(code));
    const statuses = [...new Set(codes.map((code) => problems[code].status))].sort((one, other) => one - other);
    return new Map(statuses.map((status) => [status, codes.filter((code) => problems[code].status === status)]));
}
