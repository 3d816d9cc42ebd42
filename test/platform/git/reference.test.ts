import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { listReferences, moveReference, readReference } from "../../../platform/git/reference";
import { mustGit } from "../../support/git";
import { key, withRepository } from "../../support/repository";

describe("references", () => {
    it("move only from where they are expected", () =>
        withRepository(async (repositories) => {
            const folder = repositories.folder(key);
            const first = (await readReference(folder, "Production")) as string;
            await moveReference(folder, "dev/one", undefined, first);
            await assert.rejects(moveReference(folder, "dev/one", undefined, first), { code: "head-moved" });
            await assert.rejects(moveReference(folder, "Production", "1".repeat(40), first), { code: "head-moved" });
            await assert.rejects(moveReference(folder, "Production/below", undefined, first), /stands below another branch/);
            assert.deepEqual([...(await listReferences(folder)).keys()], ["Production", "dev/one"]);
        }));

    it("are read where git packed them", () =>
        withRepository(async (repositories) => {
            const folder = repositories.folder(key);
            const first = await readReference(folder, "Production");
            await mustGit(folder, undefined, "pack-refs", "--all");
            assert.equal(await readReference(folder, "Production"), first);
            assert.deepEqual([...(await listReferences(folder))], [["Production", first]]);
        }));

    it("wait for git's own lock and give up with a pause to make", () =>
        withRepository(async (repositories) => {
            const folder = repositories.folder(key);
            await writeFile(path.join(folder, "refs/heads/Production.lock"), "");
            const first = (await readReference(folder, "Production")) as string;
            await assert.rejects(moveReference(folder, "Production", first, first), /is locked by another writer/);
        }));
});
