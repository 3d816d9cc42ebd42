import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { sayShellLine } from "../../../cli/terminal/shell-line";

describe("a line for a shell", () => {
    it("has its words back when a shell has read it", () => {
        const words = ["--stack", "org/shop/dev", "https://{hostname}/a?b=c&d", "it's $HOME", "", "a  b", "~", "#x"];
        const read = execFileSync("sh", ["-c", `printf '%s\\n' ${sayShellLine(words)}`], { encoding: "utf8" });
        assert.deepEqual(read.split("\n").slice(0, -1), words);
        assert.equal(sayShellLine(["plan", "--out", "plan.json"]), "plan --out plan.json");
    });
});
