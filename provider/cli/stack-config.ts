import { execFile } from "node:child_process";
import type { ConfigReader } from "../lifecycle/settings";

export interface StackChoice {
    /** Default: the stack that is selected in the folder. */
    stack?: string;
    /** The folder of the Pulumi program. Default: the working directory. */
    cwd?: string;
}

interface ConfigEntry {
    value?: string;
}

/** The config of a Pulumi stack; nothing of it where there is no program, no stack or no engine. */
export function readStackConfig({ stack, cwd }: StackChoice = {}): Promise<ConfigReader> {
    const args = ["config", "--json", "--show-secrets", "--non-interactive", ...(stack === undefined ? [] : ["--stack", stack])];
    return new Promise((resolve) => {
        execFile("pulumi", args, { cwd, maxBuffer: 16 * 1024 * 1024 }, (error, stdout) => {
            const entries: Record<string, ConfigEntry> = error === null ? JSON.parse(stdout) : {};
            resolve({ get: (key) => entries[key]?.value });
        });
    });
}
