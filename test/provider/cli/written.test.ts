import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { writeText } from "../../../provider/cli/written";
import { withFolder } from "../../support/platform";

describe("a file that a person names", () => {
    it("is written, or refused with the reason and what to do", () =>
        withFolder(async (folder) => {
            const file = path.join(folder, "plan.json");
            await writeText(file, "{}\n");
            assert.equal(await readFile(file, "utf8"), "{}\n");
            await assert.rejects(writeText(path.join(folder, "missing/plan.json"), "{}\n"), {
                code: "invalid-input",
                message: /missing\/plan\.json cannot be written \(ENOENT\)\. Name a file in a folder that exists/,
            });
        }));
});
