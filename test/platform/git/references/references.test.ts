import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { tellsDamage } from "../../../../platform/damage";
import { moveReference } from "../../../../platform/git/references/reference-update";
import {
    listAllReferences,
    listReferences,
    readReference,
    resolveReference,
} from "../../../../platform/git/references/references";
import { mustGit } from "../../../support/git";
import { key, withRepository } from "../../../support/repository";

describe("references", () => {
    it("are read where git packed them, tags beside branches", () =>
        withRepository(async (repositories) => {
            const folder = repositories.folder(key);
            const first = (await readReference(folder, "Production")) as string;
            await mustGit(folder, undefined, "tag", "-a", "-m", "one", "v1", first);
            const tag = (await mustGit(folder, undefined, "rev-parse", "v1")).trim();
            for (const packed of [false, true]) {
                if (packed) await mustGit(folder, undefined, "pack-refs", "--all");
                assert.equal(await readReference(folder, "Production"), first);
                assert.equal(await resolveReference(folder, "refs/tags/v1"), tag);
                assert.deepEqual([...(await listReferences(folder))], [["Production", first]]);
                assert.deepEqual(
                    [...(await listAllReferences(folder))],
                    [
                        ["refs/heads/Production", first],
                        ["refs/tags/v1", tag],
                    ],
                );
            }
        }));

    it("none is lost while git packs them", () =>
        withRepository(async (repositories) => {
            const folder = repositories.folder(key);
            const first = (await readReference(folder, "Production")) as string;
            for (let round = 0; round < 5; round += 1) {
                await mustGit(folder, undefined, "branch", `b${round}`, first);
                let isPacking = true;
                const packing = mustGit(folder, undefined, "pack-refs", "--all", "--prune").finally(() => {
                    isPacking = false;
                });
                while (isPacking) assert.equal((await listReferences(folder)).size, round + 2);
                await packing;
            }
        }));

    it("that are damaged are not taken for ones that are not there, and keep nobody from the others", () =>
        withRepository(async (repositories) => {
            const folder = repositories.folder(key);
            const first = (await readReference(folder, "Production")) as string;
            await mustGit(folder, undefined, "branch", "Staging", first);
            for (const text of ["", first.slice(0, 20), "ref: refs/heads/Production\n"]) {
                await writeFile(path.join(folder, "refs/heads/Staging"), text);
                await assert.rejects(readReference(folder, "Staging"), tellsDamage, text);
                const damaged: string[] = [];
                const found = await listAllReferences(folder, ({ detail }) => void damaged.push(detail));
                assert.deepEqual([...found], [["refs/heads/Production", first]]);
                assert.deepEqual(damaged, [`${folder}/refs/heads/Staging is damaged: it has no id`]);
                await assert.rejects(moveReference(folder, "Staging", undefined, first), tellsDamage);
            }
            await writeFile(path.join(folder, "refs/heads/Staging"), `${first}\n`);
            await mustGit(folder, undefined, "pack-refs", "--all", "--prune");
            const packed = await readFile(path.join(folder, "packed-refs"));
            await writeFile(path.join(folder, "packed-refs"), packed.subarray(0, -3));
            await assert.rejects(listAllReferences(folder), tellsDamage, "it would name refs/heads/Stagi");
        }));
});
