import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { changeProgramFile, findProgramFile, listProgramFiles } from "../../../cli/drift/program-files";
import { withFolder } from "../../support/platform";

describe("the files of a program", () => {
    const write = async (folder: string, file: string, text: string) => {
        await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
        await writeFile(path.join(folder, file), text);
    };

    it("a patch keeps variables, and is what git applies", () =>
        withFolder(async (folder) => {
            await write(folder, "sites/proxy/varnish/default.vcl", "a = {{a}};\nb\nc\n");
            await write(folder, "varnish/default.vcl", "something else\n");
            await write(folder, "node_modules/x/varnish/default.vcl", "a = 1;\nb\nc\n");
            await write(folder, "sites/proxy/gone.txt", "old\n");
            const files = await listProgramFiles(folder);
            const change = async (file: string, declared: string, found: string | undefined) => {
                const { source } = await findProgramFile(folder, files, { file, declared });
                return source && changeProgramFile(source, declared, found);
            };
            const patch = await change("varnish/default.vcl", "a = 1;\nb\nc\n", "new\na = 1;\nB\nc\nend");
            assert.equal(patch?.path, "sites/proxy/varnish/default.vcl");
            const removal = await change("gone.txt", "old\n", undefined);
            execFileSync("git", ["apply"], { cwd: folder, input: `// code\n\n${patch?.patch}\n${removal?.patch}` });
            assert.equal(
                await readFile(path.join(folder, "sites/proxy/varnish/default.vcl"), "utf8"),
                "new\na = {{a}};\nB\nc\nend",
            );
            await assert.rejects(readFile(path.join(folder, "sites/proxy/gone.txt")), { code: "ENOENT" });
        }));

    it("no patch where a variable alone changed or would be new, no file where none fits or several do", () =>
        withFolder(async (folder) => {
            await write(folder, "proxy/a.txt", "a = {{a}};\nb\n");
            for (const name of ["one", "two"]) await write(folder, `${name}/b.txt`, "same\n");
            const files = await listProgramFiles(folder);
            const find = async (file: string, declared: string) =>
                (await findProgramFile(folder, files, { file, declared })).source?.path;
            const why = async (file: string, declared: string) =>
                (await findProgramFile(folder, files, { file, declared })).why;
            assert.match(
                (await why("a.txt", "other\n")) ?? "",
                /because proxy\/a\.txt has another text than the last up applied$/,
            );
            assert.match((await why("b.txt", "same\n")) ?? "", /may come from each of one\/b\.txt, two\/b\.txt$/);
            assert.equal(await why("c.txt", "same\n"), undefined);
            assert.equal(await find("a.txt", "a = 1;\nb\n"), "proxy/a.txt");
            assert.equal(await find("a.txt", "other\n"), undefined);
            assert.equal(await find("b.txt", "same\n"), undefined);
            assert.equal(await find("c.txt", "same\n"), undefined);
            assert.equal(await find("one/b.txt", "same\n"), "one/b.txt");
            const source = { path: "proxy/a.txt", text: "a = {{a}};\nb\n" };
            const [other, hand] = ["a = 2;\nb\n", "a = 1;\nb\n{{hand}}\n"].map((found) =>
                changeProgramFile(source, "a = 1;\nb\n", found),
            );
            const values = [{ name: "a", from: "1", to: "2", line: 1 }];
            assert.deepEqual(other, { ...source, values }, "the file stays as it is");
            assert.deepEqual([hand?.patch, hand?.stuck?.line], [undefined, 3]);
        }));
});
