import assert from "node:assert/strict";
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { lockFile } from "../../../platform/git/reference-lock";
import { withFolder } from "../../support/platform";

describe("the lock of a file", () => {
    it("lets one write at a time, and the next one's lock is not touched by the last one's end", () =>
        withFolder(async (folder) => {
            const file = path.join(folder, "deep", "file");
            const first = await lockFile(file, "it");
            const second = lockFile(file, "it");
            await first.handle.writeFile("one");
            await first.replace();
            const held = await second;
            await first.release();
            assert.deepEqual((await readdir(path.dirname(file))).sort(), ["file", "file.lock"]);
            await held.release();
            assert.deepEqual(await readdir(path.dirname(file)), ["file"]);
            assert.equal(await readFile(file, "utf8"), "one");
        }));

    it("is not waited for for ever, and a file is no folder", () =>
        withFolder(async (folder) => {
            await writeFile(path.join(folder, "file.lock"), "");
            await writeFile(path.join(folder, "plain"), "");
            await assert.rejects(lockFile(path.join(folder, "file"), "branch x"), { code: "overloaded", message: /branch x is locked by another writer/ });
            await assert.rejects(lockFile(path.join(folder, "plain", "below"), "branch plain/below"), /stands below another one of that name/);
        }));
});
