import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cp, readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { type FaultProxy, type Seen, startFaultProxy } from "../support/fault-proxy";
import { type RunningPlatform, startPlatform, withFolder } from "../support/platform";
import { mustPulumi } from "../support/pulumi";
import { engineVariables } from "../support/stack";

interface Ran {
    ended: number | NodeJS.Signals | null;
    stdout: string;
    output: string;
}

describe("an apply that somebody stops", () => {
    let platform: RunningPlatform;
    let proxy: FaultProxy;
    before(async () => {
        proxy = await startFaultProxy(() => platform.url);
        platform = await startPlatform({ publicUrl: proxy.url });
    });
    after(async () => {
        await platform.close();
        await proxy.close();
    });

    it("says what stands, what does not, and how to go on; the next plan has the rest", () =>
        withFolder(async (folder) => {
            const cwd = path.join(folder, "program");
            await cp("examples/drift", cwd, { recursive: true });
            await symlink(path.resolve("node_modules"), path.join(cwd, "node_modules"));
            const environment = { SECTION_ENDPOINT: proxy.url, SECTION_TOKEN: platform.token };
            const options = { cwd, folder, environment };
            await mustPulumi(["stack", "init", "story"], options);
            await mustPulumi(["up", "--yes", "--skip-preview"], options);
            const env = { ...process.env, ...(await engineVariables(folder)), NO_COLOR: "1", ...environment };
            const run = (args: string[], onStart: (kill: (signal: NodeJS.Signals) => void) => void = () => {}) =>
                new Promise<Ran>((resolve) => {
                    const command = path.resolve("cli/bin/pulumi-section.js");
                    const child = spawn(process.execPath, [command, ...args], {
                        cwd,
                        env,
                        stdio: ["ignore", "pipe", "pipe"],
                    });
                    let [stdout, output] = ["", ""];
                    child.stdout.on("data", (chunk) => {
                        stdout += chunk;
                        output += chunk;
                    });
                    child.stderr.on("data", (chunk) => {
                        output += chunk;
                    });
                    child.once("close", (code, signal) => resolve({ ended: signal ?? code, stdout, output }));
                    onStart((signal) => void child.kill(signal));
                });
            /** Stops an apply while a request is on its way, which is answered late. */
            const stopAt = async (signal: NodeJS.Signals, isIt: (request: Seen) => boolean) => {
                const stopped = await run(["apply", "--plan", "plan.json", "--yes"], (kill) =>
                    proxy.decide((request) => {
                        if (!isIt(request)) return "pass";
                        kill(signal);
                        return { lateByMs: 2_000 };
                    }),
                );
                proxy.decide(() => "pass");
                assert.equal(stopped.ended, "SIGINT", stopped.output);
                return stopped.stdout;
            };

            // a removal comes after all changes
            const vcl = path.join(cwd, "proxy/varnish/default.vcl");
            await writeFile(vcl, (await readFile(vcl, "utf8")).replace("grace = 1h", "grace = 2h"));
            const index = path.join(cwd, "index.ts");
            await writeFile(index, (await readFile(index, "utf8")).replace(/new section.Domain.*\n/, ""));
            assert.equal((await run(["plan", "--out", "plan.json"])).ended, 2);

            const part = await stopAt("SIGINT", ({ path: asked }) => asked.endsWith("/environment/Staging/commit"));
            assert.match(
                part,
                /\n1 of 2 steps applied\. Left:\n +delete domain acme-shop \(1\/1\/Production\/shop\.acme\.example\)\nstopped\. To go on, plan what is left, and review it: pulumi-section plan --out plan\.json\n$/,
            );
            const rest = await run(["plan", "--out", "plan.json"]);
            assert.match(rest.stdout, /^ +delete domain acme-shop .*\n1 step, written to plan\.json/);
            const all = await stopAt("SIGTERM", ({ method }) => method === "DELETE");
            assert.match(all, /\n1 of 1 step applied\nstopped after the last step: nothing is left to do\n$/);
        }));
});
