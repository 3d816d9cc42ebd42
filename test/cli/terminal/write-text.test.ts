import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, lstat, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { writeText } from "../../../cli/terminal/write-text";
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

    it("keeps its permissions and the link that leads to it, and is never seen half written", () =>
        withFolder(async (folder) => {
            const [file, link] = [path.join(folder, "estate.html"), path.join(folder, "current.html")];
            await writeFile(file, "old");
            await chmod(file, 0o662);
            await symlink("estate.html", link);
            const { ino } = await stat(file);
            await writeText(link, "new");
            assert.ok((await lstat(link)).isSymbolicLink());
            assert.equal(await readFile(file, "utf8"), "new");
            const after = await stat(file);
            assert.equal(after.mode & 0o777, 0o662);
            assert.notEqual(after.ino, ino, "it was written over, where somebody may be reading");
            assert.deepEqual((await readdir(folder)).sort(), ["current.html", "estate.html"]);
            await symlink("later.html", path.join(folder, "next.html"));
            await writeText(path.join(folder, "next.html"), "first");
            assert.equal(await readFile(path.join(folder, "later.html"), "utf8"), "first");
            assert.ok((await lstat(path.join(folder, "next.html"))).isSymbolicLink());
        }));

    it("that is a pipe or a device gets the text and stays what it is", () =>
        withFolder(async (folder) => {
            const pipe = path.join(folder, "pipe");
            execFileSync("mkfifo", [pipe]);
            const reader = spawn("cat", [pipe], { stdio: ["ignore", "pipe", "ignore"] });
            let read = "";
            reader.stdout.on("data", (chunk) => {
                read += chunk;
            });
            await writeText(pipe, "through\n");
            await once(reader, "close");
            assert.equal(read, "through\n");
            assert.ok((await lstat(pipe)).isFIFO());
        }));
});
