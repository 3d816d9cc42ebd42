import assert from "node:assert/strict";
import path from "node:path";
import { findProgramLine } from "../../../provider/config/program-line";

describe("the program's line in a trace", () => {
    it("is the innermost one that is neither ours nor a library's", () => {
        const at = (file: string) => path.resolve(file);
        const trace = [
            "Error",
            `    at configFrom (${at("provider/config/config-from.ts")}:40:9)`,
            "    at Array.map (<anonymous>)",
            `    at helper (${at("node_modules/lodash/map.js")}:3:1)`,
            `    at file://${at("examples/app/sites.ts")}:12:34`,
            `    at Object.<anonymous> (${at("examples/app/index.ts")}:2:1)`,
            "    at node:internal/main:1:1",
        ];
        assert.equal(findProgramLine(trace.join("\n")), "examples/app/sites.ts:12");
        assert.equal(findProgramLine(trace.slice(0, 4).join("\n")), undefined);
        assert.match(findProgramLine() ?? "", /^test\/provider\/config\/program-line\.test\.ts:\d+$/);
    });
});
