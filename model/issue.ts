import type { z } from "zod";

/** One thing wrong with a declaration: which property, and why, with the remedy in the sentence. */
export interface Issue {
    /** A path such as `origins.static.httpPort` or `config["varnish/default.vcl"]`; "" for the whole. */
    property: string;
    reason: string;
}

/** Writes a path of keys the way people write it in a program. */
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

/** All issues of a failed zod parse, in the order of the document. */
export function issuesOf(error: z.ZodError, prefix: readonly PropertyKey[] = []): Issue[] {
    return error.issues.flatMap((issue) => {
        if (issue.code === "unrecognized_keys") {
            return issue.keys.map((key) => ({
                property: formatPropertyPath([...prefix, ...issue.path, key]),
                reason: "is not a known property; remove it or correct its spelling",
            }));
        }
        const property = formatPropertyPath([...prefix, ...issue.path]);
        if (issue.code === "invalid_key") return issue.issues.map(({ message }) => ({ property, reason: message }));
        return [{ property, reason: issue.message }];
    });
}
