import { isProblem } from "section-model";

interface SystemFailure extends NodeJS.ErrnoException {
    address?: string;
    port?: number;
}

/** Advice to the operator about errors of the machine. */
const sentences: Record<string, (failure: SystemFailure) => string> = {
    EADDRINUSE: ({ address, port }) =>
        `${address}:${port} is in use by another process. Stop that process or choose another port.`,
    EADDRNOTAVAIL: ({ address }) => `${address} is not an address of this machine. Choose another one.`,
    EACCES: ({ address, port, path }) =>
        path === undefined
            ? `this user may not listen on ${address}:${port}. Choose a port above 1023.`
            : `this user may not use ${path}. Change its owner or mode.`,
    EROFS: ({ path }) => `${path} cannot be written to: the file system is read-only.`,
    ENOSPC: () => "there is no space on the disk. Make some, then try again.",
    ENOENT: ({ path }) => `${path} does not exist. Correct the name.`,
    ENOTDIR: ({ path }) => `${path} is not a folder. Choose another place.`,
};

function firstLine({ message }: Error): string {
    return message.split("\n")[0] ?? "";
}

/** A failure in one line: expected or not, a person reads it, and has no use for a stack. */
export function failureLine(error: unknown): string {
    if (isProblem(error)) {
        const { code, cause, detail } = error;
        if (code !== "overloaded" || !(cause instanceof Error)) return error.message;
        const advice = /^the database does not answer/.test(detail)
            ? "Check that it runs, and the settings that name it."
            : "Repair that, then try again.";
        return `${detail} (${firstLine(cause).replace(/\.$/, "")}). ${advice}`;
    }
    const failure = error as SystemFailure;
    const sentence = sentences[failure.code ?? ""];
    if (sentence !== undefined) return sentence(failure);
    return `${firstLine(failure)} (unexpected; set SECTION_PLATFORM_LOG_LEVEL=debug to see where)`;
}

/** The same as data, which `--json` prints in place of the outcome. `usage` is a command line that is wrong. */
export function failureDocument(error: unknown): { error: { code: string; message: string; remedy: string } } {
    if (isProblem(error)) return { error: { code: error.code, message: error.detail, remedy: error.remedy } };
    const code = String((error as { code?: unknown }).code ?? "");
    if (code.startsWith("commander."))
        return {
            error: {
                code: "usage",
                message: firstLine(error as Error).replace(/^error: /, ""),
                remedy: "Read what --help says",
            },
        };
    return {
        error: {
            code: code in sentences ? code : "unexpected",
            message: failureLine(error),
            remedy: "Correct what is named, then try again",
        },
    };
}
