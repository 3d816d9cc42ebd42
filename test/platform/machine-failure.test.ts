import assert from "node:assert/strict";
import { Problem } from "section-model";
import { machineFailure, machineFailureIn } from "../../platform/machine-failure";

describe("a failure of the machine", () => {
    it("is told from others by the code of the call, and asks to come back", () => {
        for (const [code, words] of [
            ["ENOSPC", /no space on the disk/],
            ["EMFILE", /too many files/],
            ["EROFS", /cannot be written to/],
            ["EIO", /disk fails/],
            ["ENOMEM", /no memory/],
        ] as const) {
            const problem = machineFailure(Object.assign(new Error("x"), { code }));
            assert.equal(problem?.code, "overloaded");
            assert.match(problem.detail, words);
            assert.ok((problem.retryAfterSeconds ?? 0) > 0);
        }
        for (const other of [new Error("x"), new Problem("not-found", "x"), undefined, "text", { code: "ENOENT" }])
            assert.equal(machineFailure(other), undefined);
    });

    it("is told from others by the last words of a program", () => {
        for (const words of [
            "fatal: write error: No space left on device",
            "error: unable to create temporary file: Read-only file system",
            "git could not be started: spawn git EMFILE",
            "fatal: cannot fork: Resource temporarily unavailable",
        ])
            assert.equal(machineFailureIn(words)?.code, "overloaded", words);
        assert.equal(machineFailureIn("fatal: bad object HEAD"), undefined);
    });
});
