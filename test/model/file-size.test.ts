import assert from "node:assert/strict";
import { formatSize } from "../../model/file-size";

describe("a size in words", () => {
    it("is in MiB from one on", () => {
        assert.deepEqual([0, 1_048_575, 1_048_576, 3_000_000].map(formatSize), [
            "0 bytes",
            "1048575 bytes",
            "1 MiB",
            "2 MiB",
        ]);
    });
});
