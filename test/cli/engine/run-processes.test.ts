import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { endRunProcesses, runVariable } from "../../../cli/engine/run-processes";

describe("processes that a killed engine left", () => {
    const start = (run: string, script = "setInterval(() => {}, 1000)") =>
        spawn(process.execPath, ["-e", script], { env: { ...process.env, [runVariable]: run } });

    it("are ended, those of another run are not", async () => {
        const [left, other] = [start("left"), start("other")];
        await Promise.all([once(left, "spawn"), once(other, "spawn")]);
        await new Promise((resolve) => setTimeout(resolve, 100));
        const ended = once(left, "exit");
        await endRunProcesses("left");
        assert.deepEqual(await ended, [null, "SIGTERM"]);
        assert.equal(other.exitCode ?? other.signalCode, null);
        other.kill("SIGKILL");
    });

    it("are none when they ended by themselves", () => endRunProcesses("never-begun"));
});
