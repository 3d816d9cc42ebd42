import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { isAlive, isNowhere } from "../../../cli/engine/process-space";

describe("whether a process lives", () => {
    it("is so until it ends, also where its parent never asks for its exit code", async () => {
        // the shell becomes a program that does not wait for children
        const parent = spawn("sh", ["-c", "sleep 0.2 & echo $!; exec sleep 60"], {
            stdio: ["ignore", "pipe", "ignore"],
        });
        try {
            const [line] = (await once(parent.stdout, "data")) as [Buffer];
            const ended = Number(line.toString());
            assert.ok(ended > 0);
            for (let tries = 0; (await isAlive(ended)) && tries < 200; tries += 1)
                await new Promise((resolve) => setTimeout(resolve, 10));
            assert.doesNotThrow(() => process.kill(ended, 0), "it is still in the list");
            assert.equal(await isAlive(ended), false);
            assert.equal(await isAlive(parent.pid as number), true);
            assert.equal(await isNowhere(parent.pid as number), false);
        } finally {
            parent.kill("SIGKILL");
        }
    });
});
