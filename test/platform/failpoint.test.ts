import assert from "node:assert/strict";
import { execFile } from "node:child_process";

const run = (setting: string) =>
    new Promise<string>((resolve) => {
        const program = `const { failpoint } = require("./platform/dist/failpoint.js"); failpoint("a"); failpoint("b"); console.log("one"); failpoint("b"); console.log("two");`;
        execFile(
            process.execPath,
            ["-e", program],
            { env: { ...process.env, SECTION_PLATFORM_FAILPOINT: setting } },
            (error, stdout) => resolve(`${stdout.trim()} ${error?.signal ?? "lives"}`),
        );
    });

describe("a failpoint", () => {
    it("kills at its passage, or at the nth, and does nothing by default", async () => {
        assert.deepEqual(await Promise.all([run("b"), run("b:2"), run("c"), run("")]), [
            " SIGKILL",
            "one SIGKILL",
            "one\ntwo lives",
            "one\ntwo lives",
        ]);
    });
});
