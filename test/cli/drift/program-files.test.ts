import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { comesFrom, listProgramFiles, patchProgramFile } from "../../../cli/drift/program-files";
import { withFolder } from "../../support/platform";

describe("a text and the file of the program", () => {
    it("belong together when variables alone tell them apart", () => {
        const template = "ttl = {{ttl}};\nhost = {{ host }}:{{port}};\nplain (a.b)\n";
        assert.ok(comesFrom(template, "ttl = 6h;\nhost = a.example:80;\nplain (a.b)\n"));
        assert.ok(comesFrom("{{ '{{' }}ttl}}\n", "{{ttl}}\n"), "braces that the file means themselves");
        assert.ok(comesFrom("same\n", "same\n"));
        for (const text of [
            "ttl = 6h;\nhost = a.example;\nplain (a.b)\n",
            "ttl = 6h;\nhost = a:80;\nplain (axb)\n",
            "ttl = 6h;\nhost = a:80;\n",
            "",
        ])
            assert.ok(!comesFrom(template, text), text);
        assert.ok(!comesFrom("plain\n", "plain"), "the end of the last line counts");
    });

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
            const change = (file: string, declared: string, found: string | undefined) =>
                patchProgramFile(folder, files, { file, declared, found });
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

    it("no patch where a variable's line changed, no file fits or several do", () =>
        withFolder(async (folder) => {
            await write(folder, "proxy/a.txt", "a = {{a}};\nb\n");
            for (const name of ["one", "two"]) await write(folder, `${name}/b.txt`, "same\n");
            const files = await listProgramFiles(folder);
            const change = (file: string, declared: string, found: string) =>
                patchProgramFile(folder, files, { file, declared, found });
            assert.equal(await change("a.txt", "a = 1;\nb\n", "a = 2;\nb\n"), undefined);
            assert.equal(await change("a.txt", "a = 1;\nb\n", "a = 1;\nb\n{{by hand}} {{hand}}\n"), undefined);
            assert.equal(await change("a.txt", "other\n", "b\n"), undefined);
            assert.equal(await change("b.txt", "same\n", "new\n"), undefined);
            assert.equal(await change("c.txt", "same\n", "new\n"), undefined);
            assert.equal((await change("one/b.txt", "same\n", "new\n"))?.path, "one/b.txt");
        }));
});
