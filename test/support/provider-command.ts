import { execFile } from "node:child_process";
import path from "node:path";
import { Terminal } from "./terminal";

const command = path.resolve("cli/bin/pulumi-section.js");

export interface CommandResult {
    code: number;
    stdout: string;
    stderr: string;
}

/** Runs the `pulumi-section` command with only the given settings of this package. */
export function pulumiSection(
    args: string[],
    { cwd, environment }: { cwd?: string; environment: Record<string, string> },
): Promise<CommandResult> {
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("SECTION_")));
    return new Promise((resolve) => {
        execFile(
            process.execPath,
            [command, ...args],
            { cwd, env: { ...env, ...environment }, maxBuffer: 64 * 1024 * 1024 },
            (error, stdout, stderr) =>
                resolve({ code: typeof error?.code === "number" ? error.code : 0, stdout, stderr }),
        );
    });
}

/** Runs it on a terminal, as a person does outside of CI. */
export function pulumiSectionOnTerminal(
    args: readonly string[],
    { cwd, environment, timeoutMs }: { cwd: string; environment: Record<string, string>; timeoutMs: number },
): Terminal {
    const env = { ...process.env, ...environment, NO_COLOR: "1", TERM: "xterm", CI: "" };
    return new Terminal([process.execPath, command, ...args].join(" "), { cwd, env, timeoutMs });
}
