// Runs the Go compiler and tells how long it takes.
import { spawn } from "node:child_process";

const sayEveryMs = 20_000;

/**
 * Runs `go` in a folder with a go.mod.
 *
 * @param say told the progress, one line at a time
 * @param what the beginning of these lines
 * @param usual how long it takes, in words
 * @param missing the sentence for a machine without Go
 */
export function runGo(args, { cwd, say, what, usual, missing }) {
    return new Promise((resolve, reject) => {
        const child = spawn("go", args, {
            cwd,
            stdio: ["ignore", "ignore", "pipe"],
            env: { ...process.env, GOFLAGS: "-mod=mod", GOWORK: "off" },
        });
        const begun = Date.now();
        let words = "";
        child.stderr.on("data", (chunk) => {
            words = (words + chunk).slice(-4000);
        });
        const timer = setInterval(
            () => say(`${what}: ${Math.round((Date.now() - begun) / 1000)} s (${usual})`),
            sayEveryMs,
        );
        child.once("error", (error) => {
            clearInterval(timer);
            reject(error.code === "ENOENT" ? new Error(missing) : error);
        });
        child.once("close", (code) => {
            clearInterval(timer);
            if (code === 0) resolve();
            else
                reject(new Error(`go ${args[0]} ended with ${code}: ${words.trim().split("\n").slice(-5).join("\n")}`));
        });
    });
}
