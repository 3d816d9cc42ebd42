import assert from "node:assert/strict";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { deflateSync } from "node:zlib";
import { furnishRepository, repositoryConfiguration } from "../../../../platform/git/upkeep/furnish-repository";
import { inspectRepository } from "../../../../platform/git/upkeep/inspect-repository";
import { mustGit } from "../../../support/git";
import { writeLooseFile } from "../../../support/packs";
import { author, files, key, withRepository } from "../../../support/repository";

describe("the inspection of a repository", function () {
    this.timeout(60_000);

    it("finds nothing in one that is whole, loose and packed, also while it is packed, nor where none is any more", () =>
        withRepository(async (repositories) => {
            const gitDir = repositories.folder(key);
            assert.deepEqual(await inspectRepository(repositories.git, gitDir), []);
            for (let count = 0; count < 20; count += 1)
                await repositories.edit(key, "Production", { author, message: "x" }, async () =>
                    files({ [`${count}.txt`]: `${count}`.repeat(100) }),
                );
            const packing = mustGit(gitDir, undefined, "repack", "-a", "-d", "-q");
            assert.deepEqual(await inspectRepository(repositories.git, gitDir), []);
            await packing;
            assert.ok((await readdir(path.join(gitDir, "objects", "pack"))).length > 0);
            assert.deepEqual(await inspectRepository(repositories.git, gitDir), []);
            await rm(gitDir, { recursive: true });
            await mkdir(gitDir); // git has to be started somewhere
            assert.deepEqual(await inspectRepository(repositories.git, gitDir), []);
        }));

    it("reads each copy of an object from the disk, also of one that a pack has too", () =>
        withRepository(async (repositories) => {
            const gitDir = repositories.folder(key);
            const { commit, tree } = (await repositories.head(key, "Production")) as { commit: string; tree: string };
            const other = deflateSync("blob 5\0other");
            for (const oid of [commit, tree]) await writeLooseFile(gitDir, oid, other);
            const found = await inspectRepository(repositories.git, gitDir);
            for (const oid of [commit, tree])
                assert.ok(
                    found.some(({ kind, message }) => kind === "object-damaged" && message.includes(oid)),
                    JSON.stringify(found),
                );
            await mustGit(gitDir, undefined, "fsck").then(assert.fail, () => {}); // git sees it too
        }));

    it("finds a configuration and alternates that are not the platform's", () =>
        withRepository(async (repositories) => {
            const gitDir = repositories.folder(key);
            const info = path.join(gitDir, "objects", "info");
            await writeFile(path.join(gitDir, "config"), `${repositoryConfiguration}\tfsmonitor = true\n`);
            await mkdir(info);
            await writeFile(path.join(info, "alternates"), "/somewhere/else/objects\n");
            const found = await inspectRepository(repositories.git, gitDir);
            assert.deepEqual(
                found.map(({ kind, message }) => [kind, message.split(" is not the platform's")[0]]),
                [
                    ["repository-foreign", path.join(gitDir, "config")],
                    ["repository-foreign", path.join(info, "alternates")],
                ],
            );
            await furnishRepository(gitDir);
            await rm(info, { recursive: true });
            assert.deepEqual(await inspectRepository(repositories.git, gitDir), []);
        }));
});
