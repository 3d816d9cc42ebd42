import type { z } from "zod";
import type { Caller, Member } from "../auth/caller";
import type { View } from "../page/document";
import type { Context } from "../service/context";
import type { Access, WireContext } from "./route";

/** The people that may see a page; one who has not signed in is asked to. */
export type PageAccess = Exclude<Access, "anonymous">;

export interface PageRequest<A extends PageAccess, P, Q> {
    context: Context;
    wire: WireContext;
    caller: Caller;
    member: A extends "user" ? undefined : Member;
    params: P;
    query: Q;
}

/** One page as a value, as routes of the API are. */
export interface Page<A extends PageAccess = PageAccess, P = unknown, Q = unknown> {
    path: string;
    access: A;
    params?: z.ZodType<P>;
    /** Must take anything: an address that somebody mistyped still shows the page. */
    query?: z.ZodType<Q>;
    show(request: PageRequest<A, P, Q>): Promise<View>;
}

/** Checks a page's parts against each other and forgets their types, so that pages fit into one table. */
export function definePage<const A extends PageAccess, P = unknown, Q = unknown>(page: Page<A, P, Q>): Page {
    return page as unknown as Page;
}
