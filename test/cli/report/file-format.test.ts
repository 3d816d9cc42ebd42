import assert from "node:assert/strict";
import { chooseFormat, formatOfFile } from "../../../cli/report/file-format";

describe("the format of a report", () => {
    it("is the one that is named, else the one that the file's name says, else the usual one", () => {
        assert.equal(chooseFormat({ format: "csv", out: "a.html" }, "text"), "csv");
        assert.equal(chooseFormat({ out: "a.HTML" }, "text"), "html");
        assert.equal(chooseFormat({ out: "a.json" }, "text"), "json");
        assert.equal(chooseFormat({ json: true, out: "a.html" }, "text"), "json");
        assert.equal(chooseFormat({ out: "/dev/stdout" }, "text"), "text");
        assert.equal(chooseFormat({}, "markdown"), "markdown");
        assert.equal(formatOfFile("a.pdf"), undefined);
    });
});
