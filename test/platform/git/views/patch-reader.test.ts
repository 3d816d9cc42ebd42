import assert from "node:assert/strict";
import { PatchReader, unquotePath } from "../../../../platform/git/views/patch-reader";

const limits = { files: 10, lines: 100, width: 80 };

function read(lines: readonly string[], some = {}) {
    const reader = new PatchReader({ ...limits, ...some });
    for (const line of lines) reader.read(line);
    return reader;
}

const one = [
    ":100644 100755 1 2 M\ta.txt",
    "3\t2\ta.txt",
    "",
    "diff --git a/a.txt b/a.txt",
    "old mode 100644",
    "--- a/a.txt",
    "+++ b/a.txt",
];

describe("a patch", () => {
    it("is read with the numbers of its lines", () => {
        const [file] = read([
            ...one,
            "@@ -10,3 +10,4 @@ sub x {",
            " a",
            "-b",
            "+c",
            "+d",
            " e",
            "@@ -90 +91 @@",
            "-f",
            "\\ No newline at end of file",
            "+g",
        ]).files;
        assert.deepEqual(file?.hunks, [
            {
                heading: "sub x {",
                lines: [
                    { kind: "same", before: 10, after: 10, text: "a" },
                    { kind: "removed", before: 11, text: "b" },
                    { kind: "added", after: 11, text: "c" },
                    { kind: "added", after: 12, text: "d" },
                    { kind: "same", before: 12, after: 13, text: "e" },
                ],
            },
            {
                heading: "",
                lines: [
                    { kind: "removed", before: 90, text: "f", isUnended: true },
                    { kind: "added", after: 91, text: "g" },
                ],
            },
        ]);
        assert.deepEqual(
            [file?.added, file?.removed, file?.modes, file?.isCut],
            [3, 2, { before: "100644", after: "100755" }, false],
        );
    });

    it("takes lines that look like headers for what they are", () => {
        const [file, ...others] = read([
            ...one,
            "@@ -1,2 +1,3 @@",
            " diff --git a/x b/x",
            "--- a/a.txt",
            "+++ b/a.txt",
            " @@ -5 +5 @@",
        ]).files;
        assert.equal(others.length, 0);
        assert.deepEqual(
            file?.hunks[0]?.lines.map(({ kind, text }) => [kind, text]),
            [
                ["same", "diff --git a/x b/x"],
                ["removed", "-- a/a.txt"],
                ["added", "++ b/a.txt"],
                ["same", "@@ -5 +5 @@"],
            ],
        );
    });

    it("keeps no more than it may, and says so", () => {
        const lines = ["@@ -1,3 +1,3 @@", " a", " b", ` ${"c".repeat(200)}`];
        assert.equal(read([...one, ...lines]).files[0]?.hunks[0]?.lines[2]?.text.length, limits.width);
        const [cut] = read([...one, ...lines], { lines: 2 }).files;
        assert.deepEqual([cut?.hunks[0]?.lines.length, cut?.isCut], [2, true]);
        const [none] = read([...one, ...lines], { files: 0 }).files;
        assert.deepEqual([none?.hunks, none?.isCut, none?.added], [[], true, 3]);
    });

    it("that ends too early leaves its last file open, and those after it", () => {
        const reader = read([
            ":0 100644 0 1 A\ta",
            ":0 100644 0 1 A\tb",
            ":0 100644 0 1 A\tlogo",
            "1\t0\ta",
            "1\t0\tb",
            "-\t-\tlogo",
            "",
            "diff --git a/a b/a",
            "@@ -0,0 +1 @@",
            "+x",
            "diff --git a/b b/b",
        ]);
        reader.cut();
        assert.deepEqual(
            reader.files.map(({ path, change, added, isCut }) => [path, change, added, isCut]),
            [
                ["a", "added", 1, false],
                ["b", "added", 1, true],
                ["logo", "added", undefined, false],
            ],
        );
    });

    it("names paths as they are", () => {
        assert.equal(unquotePath("plain name.txt"), "plain name.txt");
        assert.equal(unquotePath('"wei\\"rd\\\\\\n\\303\\274"'), 'wei"rd\\\nü');
    });
});
