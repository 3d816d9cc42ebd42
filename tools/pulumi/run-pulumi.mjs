import { spawn } from "node:child_process";
import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { holdDescendants, startOf } from "./processes.mjs";

const orphanPatienceMs = 60_000;
const nothing = () => {};

const command = path.resolve(import.meta.dirname, "../../cli/bin/pulumi-section.js");

/**
 * Runs pulumi to its end, or the command `pulumi-section`, which runs it. Throws if it fails; its own words are on
 * stderr.
 */
export async function runPulumi(args, { cwd, environment, folder, quiet = false, isSection = false }) {
    const [program, ...first] = isSection ? [process.execPath, command] : ["pulumi"];
    const child = spawn(program, [...first, ...args, "--non-interactive"], {
        cwd,
        env: environment,
        stdio: ["ignore", quiet ? "ignore" : "inherit", "inherit"],
    });
    const file = path.join(folder, "pulumi.pid");
    const forward = () => child.kill("SIGINT"); // ours is to wait until it has written its state
    process.on("SIGTERM", forward).on("SIGINT", nothing);
    try {
        if (child.pid !== undefined)
            await writeFile(file, JSON.stringify({ pid: child.pid, started: await startOf(child.pid) }));
        const code = await new Promise((resolve, reject) => child.once("error", reject).once("close", resolve));
        if (code !== 0)
            throw new Error(
                `\`pulumi ${args[0]}\` ended with exit code ${code}; what it says stands above. Nothing is lost: run this again when it is corrected.`,
            );
    } finally {
        process.off("SIGTERM", forward).off("SIGINT", nothing);
        await rm(file, { force: true });
    }
}

/** Ends the pulumi of a run that was killed, so that it does not write its state over ours. */
export async function endOrphan(folder, say) {
    const file = path.join(folder, "pulumi.pid");
    const { pid, started } = JSON.parse(await readFile(file, "utf8").catch(() => "{}"));
    if (pid === undefined) return;
    const isOurs = async () => started !== "" && (await startOf(pid)) === started;
    if (await isOurs()) {
        say(`ending the pulumi of a run that was killed (process ${pid})`);
        const endPlugins = await holdDescendants(pid);
        process.kill(pid, "SIGINT");
        const end = Date.now() + orphanPatienceMs;
        while ((await isOurs()) && Date.now() < end) await pause(200);
        if (await isOurs()) process.kill(pid, "SIGKILL");
        await endPlugins("SIGTERM");
    }
    await rm(file, { force: true });
}
