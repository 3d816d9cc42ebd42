import type { Capability, ProblemCode } from "section-model";
import type { z } from "zod";
import type { Caller, Member } from "../auth/caller";
import type { Context } from "../service/context";

/**
 * Who may call: `anonymous` anybody, `user` whoever has valid credentials, `member` everybody in the account of the path,
 * a list the members with one of these capabilities. A token of scope `read` may only GET, whatever the rule.
 */
export type Access = "anonymous" | "user" | "member" | readonly [Capability, ...Capability[]];

/** What answers show beyond v1, and how absolute addresses begin. */
export interface WireContext {
    extensions: boolean;
    publicUrl: string;
    edgeDomain: string;
}

export interface RouteRequest<A extends Access, P, Q, B, H> {
    context: Context;
    wire: WireContext;
    caller: A extends "anonymous" ? Caller | undefined : Caller;
    member: A extends "anonymous" | "user" ? undefined : Member;
    params: P;
    query: Q;
    body: B;
    headers: H;
}

/** One operation of the API as a value: the router, the access matrix and docs/api.md are made from it. */
export interface Route<A extends Access = Access, P = unknown, Q = unknown, B = unknown, H = unknown> {
    operation: string;
    method: "GET" | "POST" | "PATCH" | "DELETE";
    /** Below /api/v1, with `:name` for parameters. */
    path: string;
    summary: string;
    access: A;
    params?: z.ZodType<P>;
    query?: z.ZodType<Q>;
    body?: z.ZodType<B>;
    headers?: z.ZodType<H>;
    /** Problems it can answer with, beyond 400, 401, 403, 404 of schemas and access. */
    failures: readonly ProblemCode[];
    /** The extension it belongs to; without one it is part of v1. */
    extension?: string;
    /** Failures are shown as a list: v1's MultiErrorModel. */
    listsFailures?: true;
    /** Default 200. 204 has no body. */
    status?: 200 | 204;
    /** Answers with JSON, or with an Answer where it is something else. */
    handle(request: RouteRequest<A, P, Q, B, H>): Promise<unknown>;
}

/** Checks a route's parts against each other and forgets their types, so that routes fit into one table. */
export function defineRoute<const A extends Access, P = unknown, Q = unknown, B = unknown, H = unknown>(route: Route<A, P, Q, B, H>): Route {
    return route as unknown as Route;
}
