/** Settings every child gets, in command scope so that nothing on the machine overrides them. */
export const gitSettings = [
    "safe.directory=*",
    "core.fsync=committed",
    "core.hooksPath=/dev/null",
    "core.alternateRefsCommand=true",
    "core.fsmonitor=false",
    "protocol.allow=never",
    "gc.auto=0",
    "gc.packRefs=false",
    "receive.autogc=false",
    "uploadpack.allowFilter=true",
    "uploadpack.allowAnySHA1InWant=true",
    "transfer.fsckObjects=true",
    "advice.graftFileDeprecated=false", // GIT_GRAFT_FILE below turns grafts off; the hint would be an error's text
].flatMap((setting) => ["-c", setting]);

/** Files above this pass through a thrifty git in pieces; all other objects it holds in memory. */
export const streamedBytes = 4 * 1024 * 1024;

/** Added for git that works for a client of git: what it may hold, and that it works on one core at a time. */
export const thriftySettings = [
    `core.bigFileThreshold=${streamedBytes}`,
    "core.deltaBaseCacheLimit=16m",
    "pack.windowMemory=32m",
    "pack.threads=1",
].flatMap((setting) => ["-c", setting]);

/**
 * Git reads no configuration but the repository's own, and runs nothing that it names. No transport begins, whatever
 * `protocol.*.allow` it has (`GIT_ALLOW_PROTOCOL` counts for more). Missing objects are not fetched.
 */
const bareEnvironment: Readonly<Record<string, string>> = {
    PATH: process.env.PATH ?? "/usr/local/bin:/usr/bin:/bin",
    HOME: "/nonexistent",
    LC_ALL: "C",
    TZ: "UTC",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_ATTR_NOSYSTEM: "1",
    GIT_NO_LAZY_FETCH: "1",
    GIT_NO_REPLACE_OBJECTS: "1",
    GIT_GRAFT_FILE: "/dev/null",
    GIT_TERMINAL_PROMPT: "0",
    GIT_OPTIONAL_LOCKS: "0",
};

/** The environment variables of git; `readsFile`: it may read another repository or a bundle on this machine. */
export function gitEnvironment({ readsFile = false }: { readsFile?: boolean }): Readonly<Record<string, string>> {
    return { ...bareEnvironment, GIT_ALLOW_PROTOCOL: readsFile ? "file" : "" };
}
