import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

/** Runs a test with a process that has ended and whose parent never asks how. */
export async function withZombie(work: (pid: number) => Promise<void>): Promise<void> {
    const parent = spawn("sh", ["-c", "sleep 0.1 & echo $!; exec sleep 60"], { stdio: ["ignore", "pipe", "inherit"] });
    try {
        const [text] = await once(parent.stdout, "data");
        const pid = Number(String(text));
        while (!/\) Z /.test(await readFile(`/proc/${pid}/stat`, "utf8"))) await sleep(5);
        await work(pid);
    } finally {
        parent.kill("SIGKILL");
    }
}
