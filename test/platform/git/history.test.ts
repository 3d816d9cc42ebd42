import assert from "node:assert/strict";
import { listHistory } from "../../../platform/git/history";
import type { Head } from "../../../platform/git/objects/object-format";
import { refOfBranch } from "../../../platform/git/references/reference-name";
import type { Repositories } from "../../../platform/git/repositories";
import { writeCommit } from "../../../platform/git/write-commit";
import { author, files, key, withRepository } from "../../support/repository";

function walk(repositories: Repositories, signal?: AbortSignal) {
    const gitDir = repositories.folder(key);
    return { git: repositories.git, gitDir, objects: repositories.objects(key), asker: { accountId: 1, signal } };
}

/** Makes a branch with so many commits; returns them, the newest first. */
async function importCommits(repositories: Repositories, branch: string, count: number): Promise<string[]> {
    const gitDir = repositories.folder(key);
    const one = (index: number) =>
        `commit ${refOfBranch(branch)}\ncommitter Gita <gita@agency.example> ${index} +0000\ndata 1\nx\n`;
    const stdin = Array.from({ length: count }, (_, index) => one(index + 1)).join("");
    await repositories.git.run({ gitDir, verb: "fast-import", flags: ["--quiet"], stdin });
    const { stdout } = await repositories.git.run({ gitDir, verb: "rev-list", operands: [branch] });
    return stdout.toString().trim().split("\n");
}

describe("the history of a branch", () => {
    it("is listed newest first, from any commit on", () =>
        withRepository(async (repositories) => {
            const objects = repositories.objects(key);
            let head = (await repositories.head(key, "Production")) as Head;
            const all = [head.commit];
            for (const text of ["1", "2", "3"]) {
                head = await writeCommit(objects, head, { files: files({ "a.txt": text }), author, message: text });
                all.unshift(head.commit);
            }
            const list = async (page: { limit: number; before?: string }) =>
                (await listHistory(walk(repositories), head.commit, page)).map(({ commit }) => commit);
            assert.deepEqual(await list({ limit: 10 }), all);
            assert.deepEqual(await list({ limit: 2 }), all.slice(0, 2));
            assert.deepEqual(await list({ limit: 2, before: all[1] }), all.slice(2, 4));
            assert.deepEqual(await list({ limit: 2, before: all.at(-1) }), []);
            assert.deepEqual(await list({ limit: 2, before: "1".repeat(40) }), []);
        }));

    it("is walked here for a short way only, however long it is, and for nobody who has left", () =>
        withRepository(async (repositories) => {
            const all = await importCommits(repositories, "long", 5_000);
            let reads = 0;
            const objects = repositories.objects(key);
            const read = (oid: string) => {
                reads += 1;
                return objects.read(oid);
            };
            const counted = {
                ...walk(repositories),
                objects: { read, readTree: (oid: string) => objects.readTree(oid) },
            };
            const list = async (before: string | undefined) =>
                (await listHistory(counted, all[0] as string, { limit: 3, before })).map(({ commit }) => commit);
            assert.deepEqual(await list(all[4_500]), all.slice(4_501, 4_504));
            assert.ok(reads < 150, `${reads} commits were read here`);
            assert.deepEqual(await list("1".repeat(40)), [], "a commit that is in no history");
            assert.deepEqual(await list(all.at(-1)), []);
            const controller = new AbortController();
            controller.abort(new Error("left"));
            const left = listHistory(walk(repositories, controller.signal), all[0] as string, { limit: 100 });
            await assert.rejects(left, /left/);
        }));
});
