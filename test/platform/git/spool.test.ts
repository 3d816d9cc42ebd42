import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { spool } from "../../../platform/git/spool";
import { withFolder } from "../../support/platform";

describe("a spooled stream", () => {
    it("is a file when it has arrived, and no more of it than may come", () =>
        withFolder(async (folder) => {
            const file = path.join(folder, "pack");
            const chunks = async function* () {
                yield Buffer.from("ab");
                yield Buffer.from("cd");
            };
            const refuse = () => new Error("too much");
            assert.equal(await spool(chunks(), file, 4, refuse), 4);
            assert.equal(await readFile(file, "utf8"), "abcd");
            await assert.rejects(spool(chunks(), file, 3, refuse), /too much/);
            assert.equal(await readFile(file, "utf8"), "ab");
        }));
});
