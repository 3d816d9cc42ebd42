import assert from "node:assert/strict";
import fc from "fast-check";
import {
    branchOfRef,
    refOfBranch,
    refuseReferenceName,
    tagOfRef,
} from "../../../../platform/git/references/reference-name";
import { git } from "../../../support/git";

describe("names of branches and tags", () => {
    it("that are fine and that are not", () => {
        for (const name of [
            "Production",
            "dev_feature",
            "feature/one.two",
            "a-b",
            "v1.0.0+7",
            "pkg@2",
            "fix/a#12",
            "renovate/a,b=c",
        ])
            assert.equal(refuseReferenceName(name), undefined, name);
        for (const name of [
            "",
            "-x",
            ".x",
            "a..b",
            "a.lock",
            "a.",
            "a//b",
            "/a",
            "a/",
            "HEAD",
            "refs",
            "a b",
            "a~b",
            "ä",
            "a\nb",
            "x".repeat(201),
        ])
            assert.ok(refuseReferenceName(name), JSON.stringify(name));
    });

    it("whatever passes here passes in git", async function () {
        this.timeout(60_000);
        const names = fc
            .sample(fc.string({ unit: fc.constantFrom(..."aZ0_.-/@{~^:?*[\\ +#,="), minLength: 1, maxLength: 8 }), 3000)
            .filter((name) => refuseReferenceName(name) === undefined);
        assert.ok(names.length > 20);
        for (const name of [...new Set(names)].slice(0, 60))
            assert.equal((await git("/", undefined, "check-ref-format", "--branch", name)).code, 0, name);
    });

    it("are the part of a reference behind refs/heads", () => {
        assert.equal(branchOfRef(refOfBranch("a/b")), "a/b");
        assert.deepEqual(
            [branchOfRef("refs/tags/v1"), tagOfRef("refs/tags/v1"), tagOfRef("refs/heads/v1")],
            [undefined, "v1", undefined],
        );
    });
});
