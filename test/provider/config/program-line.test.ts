import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { findProgramLine } from "../../../provider/config/program-line";

describe("the program's line", () => {
    it("is the source's line of the innermost caller that is neither ours nor a library's", () => {
        const place = [1].map(() => findProgramLine())[0] ?? ""; // this line
        const [, file = "", line] = /^(test\/provider\/config\/program-line\.test\.ts):(\d+)$/.exec(place) ?? [];
        assert.match(readFileSync(file, "utf8").split("\n")[Number(line) - 1] ?? "", /\/\/ this line$/, place);
    });
});
