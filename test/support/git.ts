import { execFile } from "node:child_process";

export interface GitResult {
    code: number;
    stdout: string;
    stderr: string;
}

/** Stock git, signed in with a token the way a person's credential store would. */
export function git(cwd: string, token: string | undefined, ...args: string[]): Promise<GitResult> {
    const environment: NodeJS.ProcessEnv = {
        ...process.env,
        GIT_TERMINAL_PROMPT: "0",
        GIT_CONFIG_GLOBAL: "/dev/null",
        GIT_CONFIG_NOSYSTEM: "1",
        LC_ALL: "C",
    };
    for (const role of ["AUTHOR", "COMMITTER"]) {
        environment[`GIT_${role}_NAME`] = "Gita";
        environment[`GIT_${role}_EMAIL`] = "gita@agency.example";
    }
    if (token !== undefined) {
        environment.GIT_CONFIG_COUNT = "1";
        environment.GIT_CONFIG_KEY_0 = "http.extraHeader";
        environment.GIT_CONFIG_VALUE_0 = `Authorization: Basic ${Buffer.from(`anyone:${token}`).toString("base64")}`;
    }
    return new Promise((resolve) => {
        execFile(
            "git",
            args,
            { cwd, env: environment, timeout: 600_000, maxBuffer: 64 * 1024 * 1024 },
            (error, stdout, stderr) => {
                resolve({
                    code: error === null ? 0 : typeof error.code === "number" ? error.code : 128,
                    stdout,
                    stderr,
                });
            },
        );
    });
}

/** The output of a git command that has to succeed. */
export async function mustGit(cwd: string, token: string | undefined, ...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await git(cwd, token, ...args);
    if (code !== 0) throw new Error(`git ${args.join(" ")} ended with ${code}: ${stderr}`);
    return stdout;
}
