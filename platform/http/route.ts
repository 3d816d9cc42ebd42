import type { Capability, ProblemCode } from "section-model";
import type { z } from "zod";
import type { Caller, Member } from "../auth/caller";
import type { Context } from "../service/context";
import type { Answer } from "./answer";
import type { BodyLimits } from "./json-body";

/**
 * The callers that are allowed: `anonymous` anybody, `user` everybody with valid credentials, `verified` users with a
 * verified e-mail address, `member` everybody in the account of the path, a list the members with one of these
 * capabilities. A token of scope `read` may only GET, whatever the rule.
 */
export type Access = "anonymous" | "user" | "verified" | "member" | readonly [Capability, ...Capability[]];

/** Says whether answers show more than v1, and how absolute addresses begin. */
export interface WireContext {
    extensions: boolean;
    publicUrl: string;
    edgeDomain: string;
}

export interface RouteRequest<A extends Access, P, Q, B, H> {
    context: Context;
    wire: WireContext;
    caller: A extends "anonymous" ? undefined : Caller;
    member: A extends "anonymous" | "user" | "verified" ? undefined : Member;
    /** The network that the request came from, as limits count it. */
    network: string;
    params: P;
    query: Q;
    body: B;
    headers: H;
}

/** A success without JSON: nothing at all, or a file of a media type. */
export type PlainAnswer = "nothing" | `application/${string}`;

interface Operation<A extends Access, P, Q, B, H> {
    operation: string;
    method: "GET" | "POST" | "PATCH" | "DELETE";
    /** The beginning of the path. Default: `apiRoot`. */
    root?: string;
    /** With `:name` for parameters. */
    path: string;
    summary: string;
    access: A;
    params?: z.ZodType<P>;
    query?: z.ZodType<Q>;
    body?: z.ZodType<B>;
    /** Of a body that may be larger, or must be smaller, than others. */
    bodyLimits?: Partial<BodyLimits>;
    headers?: z.ZodType<H>;
    /** Problems it can answer with, beyond 400, 401, 403, 404 of schemas and access. */
    failures: readonly ProblemCode[];
    /**
     * A password alone is enough even when two-factor authentication is required:
     * `x-swagger-section-2fa-bypass-permitted`.
     */
    twoFactorExempt?: boolean;
    /** The extension it belongs to; without one it is part of v1. */
    extension?: string;
    /** True when every call makes something large: each user has a limit of its own for these. */
    creates?: true;
    /** True for the work of a fetch or push in one request: the limit of each user for those counts it too. */
    countsAsGit?: true;
    /** Failures are shown as a list of this name too: v1's MultiErrorModel has `messages`. */
    listsFailures?: "errors" | "messages";
    /** A 204 is a success as well. */
    mayBeEmpty?: true;
}

/** The form of a success: 204 has no body; else JSON of a schema, or an Answer when it is something else. */
type Success<Request, R> =
    | { status: 204; answer?: undefined; handle(request: Request): Promise<unknown> }
    | { status?: 200; answer: PlainAnswer; handle(request: Request): Promise<Answer> }
    | { status?: 200; answer: z.ZodType<R>; handle(request: Request): Promise<NoInfer<R> | Answer> };

/**
 * One operation of the API as a value: the router, its description, the access matrix and docs/api.md are made from it.
 */
export interface Route extends Operation<Access, unknown, unknown, unknown, unknown> {
    /** Default 200. 204 has no body. */
    status?: 200 | 204;
    answer?: z.ZodType | PlainAnswer;
    handle(request: RouteRequest<Access, unknown, unknown, unknown, unknown>): Promise<unknown>;
}

export const apiRoot = "/api/v1";

/** The whole path of a route. */
export function addressOf({ root = apiRoot, path }: Pick<Route, "root" | "path">): string {
    return root + path;
}

/** Checks a route's parts against each other and forgets their types, so that routes fit into one table. */
export function defineRoute<const A extends Access, P = unknown, Q = unknown, B = unknown, H = unknown, R = unknown>(
    route: Operation<A, P, Q, B, H> & Success<RouteRequest<A, P, Q, B, H>, R>,
): Route {
    return route as unknown as Route;
}
