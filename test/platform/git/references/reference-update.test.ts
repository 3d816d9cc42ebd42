import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { moveReference, moveReferences } from "../../../../platform/git/references/reference-update";
import { listAllReferences, listReferences, readReference } from "../../../../platform/git/references/references";
import { mustGit } from "../../../support/git";
import { key, withRepository } from "../../../support/repository";

const withFirst = (work: (folder: string, first: string) => Promise<void>) =>
    withRepository(async (repositories) => {
        const folder = repositories.folder(key);
        await work(folder, (await readReference(folder, "Production")) as string);
        assert.ok(
            !(await readdir(folder, { recursive: true })).some((name) => name.endsWith(".lock")),
            "no lock is left",
        );
    });

describe("moving references", () => {
    it("only from where they are expected", () =>
        withFirst(async (folder, first) => {
            await moveReference(folder, "dev/one", undefined, first);
            await assert.rejects(moveReference(folder, "dev/one", undefined, first), { code: "head-moved" });
            await assert.rejects(moveReference(folder, "Production", "1".repeat(40), first), { code: "head-moved" });
            assert.deepEqual([...(await listReferences(folder)).keys()], ["Production", "dev/one"]);
        }));

    it("only below branches and tags, whatever name a restored row has", () =>
        withFirst(async (folder, first) => {
            for (const ref of ["refs/heads/../../config", "refs/heads/a/../../../x", "config", "refs/heads/", "HEAD"])
                await assert.rejects(
                    moveReferences(folder, [{ ref, before: undefined, after: first }]),
                    /is no reference/,
                    ref,
                );
        }));

    it("all of them or none", () =>
        withFirst(async (folder, first) => {
            const makes = ["a", "b", "c"].map((name) => ({
                ref: `refs/heads/${name}`,
                before: undefined,
                after: first,
            }));
            const wrong = { ref: "refs/heads/Production", before: "1".repeat(40), after: first };
            await assert.rejects(moveReferences(folder, [...makes, wrong]), { code: "head-moved" });
            await assert.rejects(moveReferences(folder, [wrong, ...makes]), { code: "head-moved" });
            assert.deepEqual([...(await listReferences(folder)).keys()], ["Production"]);
            await moveReferences(folder, [...makes, { ref: "refs/tags/v1", before: undefined, after: first }]);
            assert.deepEqual([...(await listAllReferences(folder)).keys()].length, 5);
        }));

    it("names do not nest, packed or not, and may once the other one is gone", () =>
        withFirst(async (folder, first) => {
            await moveReference(folder, "one/two", undefined, first);
            for (const packed of [false, true]) {
                if (packed) await mustGit(folder, undefined, "pack-refs", "--all", "--prune");
                await assert.rejects(
                    moveReference(folder, "one", undefined, first),
                    /branch one and branch one\/two cannot stand beside each other/,
                );
                await assert.rejects(moveReference(folder, "Production/below", undefined, first), {
                    code: "invalid-input",
                });
            }
            await moveReference(folder, "one/two", first, undefined);
            await moveReference(folder, "one", undefined, first);
            assert.deepEqual([...(await listReferences(folder)).keys()], ["Production", "one"]);
        }));

    it("a deleted one stays gone, wherever its value stood, and git sees the others", () =>
        withFirst(async (folder, first) => {
            await moveReference(folder, "old", undefined, first);
            await mustGit(folder, undefined, "tag", "-a", "-m", "x", "v1", first);
            await mustGit(folder, undefined, "pack-refs", "--all", "--prune");
            await moveReference(folder, "old", first, undefined);
            await assert.rejects(moveReference(folder, "old", first, undefined), { code: "head-moved" });
            assert.deepEqual([...(await listReferences(folder)).keys()], ["Production"]);
            assert.equal(
                (await mustGit(folder, undefined, "for-each-ref", "--format=%(refname) %(*objectname)")).trim(),
                `refs/heads/Production \nrefs/tags/v1 ${first}`,
            );
        }));

    it("many at once: one wins", () =>
        withFirst(async (folder, first) => {
            await moveReference(folder, "x", undefined, first);
            const outcomes = await Promise.allSettled(
                Array.from({ length: 20 }, () => moveReference(folder, "x", first, undefined)),
            );
            assert.equal(outcomes.filter(({ status }) => status === "fulfilled").length, 1);
        }));
});
