import { spawn } from "node:child_process";
import path from "node:path";
import { type EngineRole, findEngineProcess } from "./engine-processes";

/** `pulumi-section up` that runs. */
export interface RunningUp {
    finished: Promise<{ code: number | null; output: string }>;
    /** Kills one of its processes, as `kill -9` does. Returns false when there is none, or none any more. */
    kill(role: EngineRole): Promise<boolean>;
}

/** Starts `pulumi-section up`, without a person. */
export function startUp(args: string[], cwd: string, environment: Record<string, string>): RunningUp {
    const command = [path.resolve("cli/bin/pulumi-section.js"), "up", ...args];
    const child = spawn(process.execPath, command, {
        cwd,
        env: { ...process.env, NO_COLOR: "1", ...environment },
        stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
        stream.on("data", (chunk) => {
            output += chunk;
        });
    return {
        finished: new Promise((resolve) => child.once("exit", (code) => resolve({ code, output }))),
        kill: async (role) => {
            const pid = await findEngineProcess(child.pid as number, role);
            if (pid === undefined) return false;
            process.kill(pid, "SIGKILL");
            return true;
        },
    };
}
