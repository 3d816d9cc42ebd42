import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

describe("a fuzzer that nobody here wrote", () => {
    it("finds no 5xx and nothing but what the platform's own description says", async function () {
        this.timeout(600_000);
        const finder = path.resolve("tools/schemathesis/find-schemathesis.mjs");
        const { missingForSchemathesis } = (await import(finder)) as {
            missingForSchemathesis(): Promise<string | undefined>;
        };
        const missing = await missingForSchemathesis();
        if (missing !== undefined) {
            console.log(`      Schemathesis is not tried: ${missing}`);
            return this.skip();
        }
        const { stdout } = await run(process.execPath, ["tools/fuzz.mjs", "--seed", "1", "--examples", "6"], {
            timeout: 540_000,
            maxBuffer: 100_000_000,
        }).catch((error) => assert.fail(`${error.message}\n${String(error.stdout).slice(0, 20_000)}`));
        const found = stdout.split("\n").filter((line) => line.includes("nothing found"));
        assert.equal(found.length, 2, stdout);
        for (const line of found) {
            assert.ok(Number(/, (\d+) requests/.exec(line)?.[1]) > 2_000, line);
            console.log(`      ${line.slice(2)}`);
        }
    });
});
