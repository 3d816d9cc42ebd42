import { CommanderError } from "commander";
import { isProblem } from "section-model";
import { colour } from "./colour";
import { withoutErrorMark } from "./error-mark";

/** A failure as data, which `--json` prints in place of the result. */
export interface FailureDocument {
    error: {
        /** Of the table of errors, or `usage` or `unexpected`. */
        code: string;
        message: string;
        remedy: string;
    };
}

function documentOf(error: unknown): FailureDocument {
    if (error instanceof CommanderError) {
        const message = withoutErrorMark(error.message);
        return { error: { code: "usage", message, remedy: "Read what --help says" } };
    }
    if (isProblem(error)) return { error: { code: error.code, message: error.detail, remedy: error.remedy } };
    return {
        error: { code: "unexpected", message: (error as Error).message, remedy: "Report it with what stderr says" },
    };
}

/** Begins a message of failure, in red on a terminal. */
export const failurePrefix = () => `${colour("bad", "pulumi-section:", process.stderr)} `;

/**
 * Ends the command with a failure: in words on stderr, and as JSON on stdout where the caller reads JSON. The exit code
 * is 1. Help and version are no failures, though commander throws them.
 */
export function endWith(error: unknown, { isJson }: { isJson: boolean }): void {
    const isCommander = error instanceof CommanderError;
    process.exitCode = isCommander ? error.exitCode : 1;
    if (process.exitCode === 0) return;
    if (!isCommander) {
        const { message, stack } = error as Error;
        process.stderr.write(`${failurePrefix()}${isProblem(error) ? message : stack}\n`);
    }
    if (isJson) process.stdout.write(`${JSON.stringify(documentOf(error), undefined, 4)}\n`);
}
