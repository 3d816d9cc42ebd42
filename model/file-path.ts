import { z } from "zod";

const derivedPath = "section.config.json";

function refusePath(path: string): string | undefined {
    if (path.length > 1024) return "is longer than 1024 characters";
    if (/[\0-\x1f\x7f\\]/.test(path)) return "has a control character or a backslash; separate folders with /";
    if (/\p{Cs}/u.test(path)) return "has half of a character";
    if (path.startsWith("/")) return "starts with /; paths are relative to the repository";
    const parts = path.split("/");
    if (parts.some((part) => part === "" || part === "." || part === ".."))
        return "has an empty part, . or ..; write the plain path";
    if (parts.some((part) => part.toLowerCase() === ".git" || /^git~\d+$/i.test(part)))
        return "has a part that belongs to git";
    return path === "local.config.json" ? "is for local use only and ignored by git" : undefined;
}

/** The path of any file of a branch, such as `section.config.json` or `varnish/default.vcl`. */
export const branchPathSchema = z
    .string("must be the path of a file in the repository")
    .min(1, "is empty; name a file of the repository")
    .refine((path) => refusePath(path) === undefined, { error: ({ input }) => refusePath(String(input)) });

/** The path of a declared configuration file, such as `varnish/default.vcl`. */
export const filePathSchema = branchPathSchema.refine(
    (path) => path !== derivedPath && !path.startsWith(`${derivedPath}/`),
    "is written from origin, origins, proxyChain and ipBlacklist; declare those instead",
);

/** Two paths of which the first is a file and a folder of the second, which no branch can have. */
export function findFileInFile(paths: Iterable<string>): [file: string, inside: string] | undefined {
    const files = new Set(paths);
    for (const inside of files)
        for (let end = inside.indexOf("/"); end !== -1; end = inside.indexOf("/", end + 1)) {
            const file = inside.slice(0, end);
            if (files.has(file)) return [file, inside];
        }
    return undefined;
}
