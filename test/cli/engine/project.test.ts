import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { readProjectName } from "../../../cli/engine/project";
import { withFolder } from "../../support/platform";

describe("the project of a program", () => {
    it("is named by the project file of its folder, or of one above it", () =>
        withFolder(async (folder) => {
            const file = path.join(folder, "Pulumi.yaml");
            const program = path.join(folder, "program");
            await mkdir(program);
            await writeFile(file, "# ours\nname: 'agency.web'\nruntime:\n    name: nodejs\n");
            assert.equal(await readProjectName(program), "agency.web");
            await writeFile(path.join(program, "Pulumi.json"), '{ "name": "own", "runtime": "nodejs" }');
            assert.equal(await readProjectName(program), "own");
            await writeFile(file, "description: nothing\n");
            await assert.rejects(readProjectName(folder), /Pulumi\.yaml names no project/);
        }));
});
