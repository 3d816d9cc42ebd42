import { z } from "zod";

const refused = new Map([
    ["section.config.json", "is written from origin, origins, proxyChain and ipBlacklist; declare those instead"],
    ["local.config.json", "is for local use only and ignored by git"],
]);

function refuseFilePath(path: string): string | undefined {
    if (path.length > 1024) return "is longer than 1024 characters";
    if (/[\0-\x1f\x7f\\]/.test(path)) return "has a control character or a backslash; separate folders with /";
    if (path.startsWith("/")) return "starts with /; paths are relative to the repository";
    const parts = path.split("/");
    if (parts.some((part) => part === "" || part === "." || part === "..")) return "has an empty part, . or ..; write the plain path";
    if (parts.some((part) => part.toLowerCase() === ".git" || /^git~\d+$/i.test(part))) return "has a part that belongs to git";
    return refused.get(path);
}

/** The path of a configuration file inside the repository, such as `varnish/default.vcl`. */
export const filePathSchema = z.string().superRefine((path, context) => {
    const reason = refuseFilePath(path);
    if (reason !== undefined) context.addIssue({ code: "custom", message: reason });
});
