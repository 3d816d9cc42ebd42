import assert from "node:assert/strict";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { configFrom } from "pulumi-section";
import { withFolder } from "../support/platform";

describe("configFrom", () => {
    it("reads a folder with its variables, and leaves other braces alone", () =>
        withFolder(async (folder) => {
            await mkdir(path.join(folder, "varnish/deep"), { recursive: true });
            await writeFile(path.join(folder, "varnish/default.vcl"), 'set ttl = {{ttl}};\n# {{ name }} {{1}} {"long string"} { {x} }\n');
            await writeFile(path.join(folder, "varnish/deep/a.txt"), "\ufeffä\r\n");
            await writeFile(path.join(folder, ".DS_Store"), "x");
            assert.deepEqual(configFrom(folder, { variables: { ttl: "6h", name: 7 } }), {
                "varnish/deep/a.txt": "\ufeffä\r\n",
                "varnish/default.vcl": 'set ttl = 6h;\n# 7 {{1}} {"long string"} { {x} }\n',
            });
        }));

    it("says file and line of a variable without value, and names what no file uses", () =>
        withFolder(async (folder) => {
            await writeFile(path.join(folder, "a.vcl"), "one\ntwo {{ttl}}\n");
            assert.throws(() => configFrom(folder), /a\.vcl:2: \{\{ttl\}\} has no value\. Give it as variables: \{ ttl: \.\.\. \}/);
            assert.throws(() => configFrom(folder, { variables: { ttl: 1, tll: 2 } }), /no file of .* uses \{\{tll\}\}/);
            assert.throws(() => configFrom(folder, { variables: { constructor: 1 } as never }), /ttl/);
        }));

    it("refuses links, binary and huge files, empty and missing folders", () =>
        withFolder(async (folder) => {
            assert.throws(() => configFrom(folder), /has no files/);
            assert.throws(() => configFrom(path.join(folder, "x")), /is not a folder/);
            await writeFile(path.join(folder, "big"), "x".repeat(257 * 1024));
            assert.throws(() => configFrom(folder), /big has 263168 bytes/);
            await writeFile(path.join(folder, "big"), Buffer.from([0xff, 0xfe, 0x00]));
            assert.throws(() => configFrom(folder), /big is not UTF-8 text/);
            await writeFile(path.join(folder, "big"), "fine");
            await symlink("/etc/passwd", path.join(folder, "link"));
            assert.throws(() => configFrom(folder), /link is neither a file nor a folder/);
        }));
});
