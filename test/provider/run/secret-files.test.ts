import assert from "node:assert/strict";
import { Memory } from "../../../provider/run/memory";
import { isSecretFile, noteSecretFiles } from "../../../provider/run/secret-files";
import { unknownValue } from "../../../provider/run/unknown";

describe("the files that a program marks as secret", () => {
    it("are remembered by application, for one run", () => {
        const memory = new Memory();
        noteSecretFiles(memory, { application: "1/1" }, ["a.vcl"]);
        noteSecretFiles(memory, { application: "1/1", config: { "b.vcl": "b" } }, true);
        assert.deepEqual(
            ["a.vcl", "b.vcl", "c.vcl"].map((file) => isSecretFile(memory, "1/1", file)),
            [true, true, false],
        );
        assert.equal(isSecretFile(memory, "1/2", "a.vcl"), false);
        assert.equal(isSecretFile(new Memory(), "1/1", "a.vcl"), false);
    });

    it("are none where a preview does not know the application", () => {
        const memory = new Memory();
        noteSecretFiles(memory, { application: unknownValue }, ["a.vcl"]);
        noteSecretFiles(memory, {}, ["a.vcl"]);
        noteSecretFiles(memory, { application: "1/1" }, undefined);
        assert.equal(isSecretFile(memory, "1/1", "a.vcl"), false);
    });
});
