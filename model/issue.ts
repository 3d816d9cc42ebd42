import type { z } from "zod";
import { sayReason } from "./issue-words";

/** One mistake in a declaration: the property, and the reason together with the remedy. */
export interface Issue {
    /** A path such as `origins.static.httpPort` or `config["varnish/default.vcl"]`; "" for the whole declaration. */
    property: string;
    reason: string;
}

/** Writes a path of keys as in a program. */
export function formatPropertyPath(path: readonly PropertyKey[]): string {
    return path
        .map((key, index) => {
            if (typeof key === "number") return `[${key}]`;
            const text = String(key);
            if (!/^[A-Za-z_$][\w$]*$/.test(text)) return `[${JSON.stringify(text)}]`;
            return index === 0 ? text : `.${text}`;
        })
        .join("");
}

/** The value at a path of keys. Undefined where there is none. */
export function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
    return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], root);
}

/** One mistake, by its path of keys. */
export interface PathIssue {
    path: PropertyKey[];
    reason: string;
    /** True when the last key itself is wrong, not its value. */
    isKey?: boolean;
    /** True when that key is no property of the object that it stands in. */
    isUnknown?: true;
    /** True when a text belongs there and the value is none. */
    needsText?: boolean;
}

function unknownKeys({ keys }: z.core.$ZodIssueUnrecognizedKeys, path: readonly PropertyKey[]): PathIssue[] {
    const reason = "is not a known property; remove it or correct its spelling";
    return keys.map((key) => ({ path: [...path, key], reason, isKey: true, isUnknown: true }));
}

/** The unknown key that keeps an object from being one of several forms: it says more than a list of the forms. */
function unknownKeyIn({ errors }: z.core.$ZodIssueInvalidUnion): z.core.$ZodIssueUnrecognizedKeys | undefined {
    return errors.flat().find((issue) => issue.code === "unrecognized_keys" && issue.path.length === 0) as
        | z.core.$ZodIssueUnrecognizedKeys
        | undefined;
}

/** All issues of a failed zod parse with their paths, in the order of the document. */
export function pathIssuesOf(error: z.ZodError, prefix: readonly PropertyKey[] = []): PathIssue[] {
    return error.issues.flatMap((issue): PathIssue[] => {
        const path = [...prefix, ...issue.path];
        if (issue.code === "unrecognized_keys") return unknownKeys(issue, path);
        const inForm = issue.code === "invalid_union" ? unknownKeyIn(issue) : undefined;
        if (inForm !== undefined) return unknownKeys(inForm, path);
        if (issue.code === "invalid_key")
            return issue.issues.map((inner) => ({ path, reason: sayReason(inner), isKey: true }));
        const needsText = issue.code === "invalid_type" && issue.expected === "string";
        return [{ path, reason: sayReason(issue), ...(needsText && { needsText }) }];
    });
}

/** All issues of a failed zod parse, in the order of the document. */
export function issuesOf(error: z.ZodError, prefix: readonly PropertyKey[] = []): Issue[] {
    return pathIssuesOf(error, prefix).map(({ path, reason }) => ({ property: formatPropertyPath(path), reason }));
}
