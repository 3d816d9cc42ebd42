import assert from "node:assert/strict";
import { isProblem } from "section-model";
import { divideFiles } from "../../platform/open-files";

describe("the files that a process may open", () => {
    it("are divided so that nobody takes those of others", () => {
        assert.deepEqual(divideFiles(true, 4_096), { database: 1_000, connections: 3_048 });
        assert.deepEqual(divideFiles(true, 120), { database: 64, connections: 8 });
        assert.deepEqual(divideFiles(false, 64), { database: 0, connections: 16 });
        assert.ok(divideFiles(true).connections > 0, "those of this machine");
    });

    it("are said to be too few, with the number that is enough", () => {
        for (const [isEmbedded, limit, enough] of [
            [true, 119, /Allow it 120 at least/],
            [false, 55, /Allow it 56 at least/],
        ] as const)
            assert.throws(
                () => divideFiles(isEmbedded, limit),
                (error) => isProblem(error) && error.code === "invalid-input" && enough.test(error.message),
            );
    });
});
