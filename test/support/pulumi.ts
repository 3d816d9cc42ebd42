import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { engineVariables } from "./stack";

export interface PulumiRun {
    code: number | null;
    output: string;
}

/** A command that runs. */
export interface PulumiProcess {
    child: ChildProcess;
    finished: Promise<PulumiRun>;
    /** kill -9, with everything that it started. */
    kill(): Promise<void>;
}

export interface PulumiOptions {
    /** The folder of Pulumi.yaml. */
    cwd: string;
    /** The folder of state and home. */
    folder: string;
    environment: Record<string, string>;
    /** Written to its stdin. Default: nothing. */
    stdin?: string;
}

interface Processes {
    holdDescendants(pid: number): Promise<(signal: NodeJS.Signals) => Promise<void>>;
}

/** The command itself, as a person runs it. */
export async function startPulumi(
    args: string[],
    { cwd, folder, environment, stdin }: PulumiOptions,
): Promise<PulumiProcess> {
    const child = spawn("pulumi", [...args, "--non-interactive"], {
        cwd,
        env: { ...process.env, ...(await engineVariables(folder)), NO_COLOR: "1", ...environment },
        stdio: ["pipe", "pipe", "pipe"],
    });
    child.stdin.end(stdin ?? "");
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
        stream?.on("data", (chunk) => {
            output += chunk;
        });
    }
    const finished = new Promise<PulumiRun>((resolve) => child.once("close", (code) => resolve({ code, output })));
    const kill = async () => {
        const { holdDescendants } = (await import(path.resolve("tools/pulumi/processes.mjs"))) as Processes;
        const endPlugins = await holdDescendants(child.pid as number);
        child.kill("SIGKILL");
        await endPlugins("SIGKILL");
        await finished;
    };
    return { child, finished, kill };
}

export async function pulumi(args: string[], options: PulumiOptions): Promise<PulumiRun> {
    return (await startPulumi(args, options)).finished;
}

/** The output of a command that has to succeed. */
export async function mustPulumi(args: string[], options: PulumiOptions): Promise<string> {
    const { code, output } = await pulumi(args, options);
    if (code !== 0) throw new Error(`pulumi ${args.join(" ")} ended with ${code}:\n${output}`);
    return output;
}
