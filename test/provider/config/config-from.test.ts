import assert from "node:assert/strict";
import { chmod, mkdir, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { configFrom } from "pulumi-section";
import { writeFiles } from "../../support/files";
import { withFolder } from "../../support/platform";

describe("configFrom", () => {
    it("reads a folder with its variables, and leaves other braces alone", () =>
        withFolder(async (folder) => {
            await mkdir(path.join(folder, "varnish/deep"), { recursive: true });
            await writeFile(
                path.join(folder, "varnish/default.vcl"),
                'set ttl = {{ttl}};\n# {{ name }} {{1}} {"long string"} { {x} }\n',
            );
            await writeFile(path.join(folder, "varnish/deep/a.txt"), "\ufeffä\r\n");
            await writeFile(path.join(folder, ".DS_Store"), "x");
            assert.deepEqual(configFrom(folder, { variables: { ttl: "6h", name: 7 } }), {
                "varnish/deep/a.txt": "\ufeffä\r\n",
                "varnish/default.vcl": 'set ttl = 6h;\n# 7 {{1}} {"long string"} { {x} }\n',
            });
        }));

    it("has {{ itself where a file says so, and other braces and backslashes as ever", () => {
        const filled = (text: string) => configFrom({ a: text }, { variables: { ttl: "6h" } }).a;
        assert.equal(filled(`{{ttl}} {{ '{{' }}ttl}} {{"{{"}} ttl }}`), "6h {{ttl}} {{ ttl }}");
        assert.equal(
            filled(`\\{{ttl}} {{{ttl}}} {{'ttl'}} {{ '{' }} {{ "{{ttl}}" }}`),
            `\\6h {6h} {{'ttl'}} {{ '{' }} {{ "6h" }}`,
        );
        assert.throws(
            () => configFrom({ a: "{{grace}}" }),
            (error: Error) => error.message.includes("write {{ '{{' }}grace}} for the"),
        );
    });

    it("says file and line of a variable without value, and names what no file uses", () =>
        withFolder(async (folder) => {
            await writeFile(path.join(folder, "a.vcl"), "one\ntwo {{ttl}}\n");
            assert.throws(
                () => configFrom(folder),
                /a\.vcl:2: \{\{ttl\}\} has no value\. Give it as variables: \{ ttl: \.\.\. \}/,
            );
            assert.throws(() => configFrom(folder), {
                name: "Problem",
                message: /^test\/provider\/config\/config-from\.test\.ts:\d+: \S+a\.vcl:2: [^\n]+$/,
                __pulumiRunError: true,
            });
            assert.throws(
                () => configFrom(folder, { variables: { ttl: 1, tll: 2 } }),
                /no file of .* uses \{\{tll\}\}/,
            );
            assert.throws(() => configFrom(folder, { variables: { constructor: 1 } as never }), /ttl/);
        }));

    it("merges folders and files in order, file by file, and chooses by globs; only what wins is filled in and measured", () =>
        withFolder(async (folder) => {
            await writeFiles(folder, {
                "base/varnish/default.vcl": "{{ttl}} {{gone}}\n",
                "base/varnish/.hidden": "h",
                "base/notes/a.md": "{{never}}",
                "acme/varnish/default.vcl": "acme {{ttl}}\n",
                "acme/big.txt": "x".repeat(257 * 1024),
            });
            const sources = [
                path.join(folder, "base"),
                path.join(folder, "acme"),
                { "big.txt": "small", "varnish/b.bin": { base64: "AA==" } },
            ];
            const config = configFrom(sources, {
                variables: { ttl: 1 },
                include: ["varnish/**", "*.txt"],
                exclude: "**/*.md",
            });
            assert.deepEqual(config, {
                "big.txt": "small",
                "varnish/.hidden": "h",
                "varnish/b.bin": { base64: "AA==" },
                "varnish/default.vcl": "acme 1\n",
            });
            assert.deepEqual(Object.keys(configFrom(sources, { variables: { ttl: 1 }, include: "*/default.vcl" })), [
                "varnish/default.vcl",
            ]);
            assert.throws(
                () => configFrom(sources, { include: "nowhere/**" }),
                /no file of .*base, .*acme, the given files is left after include and exclude\. Correct these globs of paths, such as/,
            );
            assert.throws(
                () => configFrom(sources, { variables: { ttl: 1, never: 2 }, include: "varnish/**" }),
                /no file of .* uses \{\{never\}\}/,
            );
        }));

    it("refuses a path that is a file in one source and a folder in another, with both places", () =>
        withFolder(async (folder) => {
            await writeFiles(folder, { "base/page": "file\n", "acme/page/index.html": "inside\n" });
            const sources = [path.join(folder, "base"), path.join(folder, "acme")];
            const both =
                /base\/page and .*acme\/page\/index\.html cannot both exist: page cannot be a file and a folder/;
            assert.throws(() => configFrom(sources), both);
            assert.deepEqual(configFrom(sources, { exclude: "page" }), { "page/index.html": "inside\n" });
        }));

    it("carries what is no UTF-8 text as base64, and keeps braces in it", () =>
        withFolder(async (folder) => {
            const data = Buffer.concat([Buffer.from("{{ttl}}"), Buffer.from([0xff, 0xfe, 0x00])]);
            await writeFiles(folder, { "logo.bin": data });
            assert.deepEqual(configFrom(folder), { "logo.bin": { base64: data.toString("base64") } });
            assert.throws(
                () => configFrom({ a: Promise.resolve("x") as never }),
                /a is neither a text nor \{ base64 \}\. Put what is only known later beside it/,
            );
        }));

    it("refuses an option that it does not have, which would leave files in or out unseen", () => {
        const options = { exclud: "*.md" } as object;
        assert.throws(
            () => configFrom({ "a.vcl": "a\n" }, options),
            /config-from\.test\.ts:\d+: option exclud of configFrom is not a known property; did you mean exclude\? Correct/,
        );
    });

    it("refuses an executable file that counts, unless the program says that the bit means nothing", () =>
        withFolder(async (folder) => {
            await writeFiles(folder, { "base/run.sh": "base\n", "base/a.vcl": "a\n", "acme/run.sh": "acme\n" });
            const [base, acme] = [path.join(folder, "base"), path.join(folder, "acme")];
            await chmod(path.join(base, "run.sh"), 0o744);
            assert.throws(
                () => configFrom(base),
                /run\.sh is executable, which .* cannot be\. Run chmod -x on it, push it/,
            );
            const files = { "a.vcl": "a\n", "run.sh": "base\n" };
            assert.deepEqual(configFrom(base, { executable: "ignore" }), files);
            assert.deepEqual(configFrom([base, acme]), { ...files, "run.sh": "acme\n" }, "one that is replaced");
            assert.deepEqual(configFrom(base, { exclude: "*.sh" }), { "a.vcl": "a\n" });
        }));

    it("refuses links, files that are too large by name and size, empty and missing folders", () =>
        withFolder(async (folder) => {
            assert.throws(() => configFrom(folder), /has no files/);
            assert.throws(() => configFrom(path.join(folder, "x")), /is not a folder/);
            await writeFile(path.join(folder, "big"), "x".repeat(257 * 1024));
            assert.throws(() => configFrom(folder), /big has 263168 bytes/);
            await writeFile(path.join(folder, "big"), Buffer.alloc(1024 * 1024 + 1, 0xff));
            assert.throws(
                () => configFrom(folder),
                /big has 1048577 bytes\. Keep each file under 1048576 bytes: push larger binary files with git/,
            );
            const many = Object.fromEntries(
                Array.from({ length: 5 }, (_, index) => [
                    `f${index}`,
                    { base64: Buffer.alloc(1024 * 1024).toString("base64") },
                ]),
            );
            assert.throws(() => configFrom(many), /together have 5242880 bytes, the largest is f0 with 1048576/);
            await writeFile(path.join(folder, "big"), "fine");
            await symlink("/etc/passwd", path.join(folder, "link"));
            assert.throws(() => configFrom(folder), /link is neither a file nor a folder/);
        }));
});
