import { z } from "zod";

/** The prefix of an application that nothing is split off from, or that others are split off from. */
export const rootPrefix = "/";

const longestPrefix = 200;
const part = /^[A-Za-z0-9._~-]+$/;

function refusePathPrefix(prefix: string): string | undefined {
    if (prefix === rootPrefix)
        return "is the root, which the application itself answers for; name a folder such as /shop/";
    if (prefix.length > longestPrefix) return `is longer than ${longestPrefix} characters`;
    if (/[?#]/.test(prefix)) return "has a query or a fragment; write the path alone, such as /shop/";
    const parts = prefix.slice(1, -1).split("/");
    if (parts.includes("")) return "has an empty part; write each / once";
    if (parts.some((each) => each === "." || each === "..")) return "has a part . or ..; write the plain path";
    const wrong = parts.find((each) => !part.test(each));
    if (wrong !== undefined)
        return `has the part "${wrong}"; parts are letters, digits, dots, dashes, underscores and tildes`;
    return undefined;
}

/**
 * The first part of a site's URLs that a split application answers for, in its one spelling: a slash at either end.
 * Case matters, as it does in URLs.
 *
 * @example pathPrefixSchema.parse("shop/cart") === "/shop/cart/"
 */
export const pathPrefixSchema = z
    .string("must be the first part of a path, such as /shop/")
    .transform((text, context) => {
        const bare = text.trim().replace(/^\//, "").replace(/\/$/, "");
        const prefix = bare === "" ? rootPrefix : `/${bare}/`;
        const reason = refusePathPrefix(prefix);
        if (reason === undefined) return prefix;
        context.addIssue({ code: "custom", message: reason });
        return z.NEVER;
    });

/** True when every URL below `inner` is also below `outer`. Both end in a slash, so `/shopping/` is not in `/shop/`. */
export function containsPrefix(outer: string, inner: string): boolean {
    return inner.startsWith(outer);
}
