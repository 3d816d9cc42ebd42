import assert from "node:assert/strict";
import fc from "fast-check";
import { branchPathSchema, filePathSchema } from "section-model";

describe("file-path", () => {
    it("accepts plain relative paths", () => {
        for (const path of ["varnish/default.vcl", "custom_errors/500.html", "a/b c/ü.txt", ".gitignore"])
            assert.equal(filePathSchema.parse(path), path);
    });

    for (const path of [
        "/etc/passwd",
        "../x",
        "a/../b",
        "a//b",
        "a/.git/config",
        ".GIT/hooks/x",
        "a\\b",
        "a\nb",
        "section.config.json",
        "section.config.json/x",
        "",
        "git~1/x",
    ]) {
        it(`refuses ${JSON.stringify(path)}`, () => assert.equal(filePathSchema.safeParse(path).success, false));
    }

    it("a branch has section.config.json too, and refuses the rest alike", () => {
        assert.equal(branchPathSchema.parse("section.config.json"), "section.config.json");
        for (const path of ["local.config.json", "", "/a", "a/../b"])
            assert.equal(branchPathSchema.safeParse(path).success, false, path);
        assert.match(
            filePathSchema.safeParse("section.config.json").error?.issues[0]?.message ?? "",
            /declare those instead/,
        );
    });

    it("never lets a path leave the repository", () => {
        fc.assert(
            fc.property(
                fc.array(fc.constantFrom("..", ".", "a", "", ".git", "b.vcl"), { minLength: 1, maxLength: 5 }),
                (parts) => {
                    const path = parts.join("/");
                    if (filePathSchema.safeParse(path).success)
                        assert.ok(!parts.some((part) => ["..", ".", "", ".git"].includes(part)));
                },
            ),
        );
    });
});
