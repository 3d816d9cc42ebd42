import assert from "node:assert/strict";
import { Memory } from "../../../provider/run/memory";
import { isSecretFile, noteSecretFiles } from "../../../provider/run/secret-files";
import { unknownValue } from "../../../provider/run/unknown";

describe("the files that a program marks as secret", () => {
    it("are remembered by application, for one run", () => {
        const memory = new Memory();
        noteSecretFiles(memory, "1/1", ["a.vcl"]);
        noteSecretFiles(memory, "1/1", ["b.vcl"]);
        assert.deepEqual(
            ["a.vcl", "b.vcl", "c.vcl"].map((file) => isSecretFile(memory, "1/1", file)),
            [true, true, false],
        );
        assert.equal(isSecretFile(memory, "1/2", "a.vcl"), false);
        assert.equal(isSecretFile(new Memory(), "1/1", "a.vcl"), false);
    });

    it("are none where a preview does not know the application or the files", () => {
        const memory = new Memory();
        noteSecretFiles(memory, undefined, ["a.vcl"]);
        noteSecretFiles(memory, "1/1", unknownValue);
        noteSecretFiles(memory, "1/1", undefined);
        assert.equal(isSecretFile(memory, "1/1", unknownValue[0] as string), false);
    });
});
