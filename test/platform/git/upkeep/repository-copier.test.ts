import assert from "node:assert/strict";
import { chmod, link, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Repositories } from "../../../../platform/git/repositories";
import {
    type ChooseReferences,
    type CopiedFile,
    RepositoryCopier,
    RepositoryGone,
} from "../../../../platform/git/upkeep/repository-copier";
import { mustGit } from "../../../support/git";
import { withFolder } from "../../../support/platform";
import { author, files, key, withRepository } from "../../../support/repository";

const all: ChooseReferences = async (now) => now;

/** Copies a repository into a folder, doing something after each file. */
async function copy(
    copier: RepositoryCopier,
    from: string,
    to: string,
    choose: ChooseReferences = all,
    after = async (_file: CopiedFile) => {},
) {
    const names: string[] = [];
    for await (const file of copier.copy(from, "x", choose)) {
        const target = path.join(to, file.name);
        await mkdir(path.dirname(target), { recursive: true });
        if ("link" in file) await link(path.join(to, file.link), target);
        else await writeFile(target, "content" in file ? file.content : file.stream);
        names.push(file.name);
        await after(file);
    }
    return names;
}

const commit = (repositories: Repositories, branch: string, name: string, text: string) =>
    repositories.edit(key, branch, { author, message: name }, async () => files({ [name]: text }));

async function looseObjects(gitDir: string): Promise<string[]> {
    const names = await readdir(path.join(gitDir, "objects"), { recursive: true });
    return names.filter((name) => /^[0-9a-f]{2}\/[0-9a-f]{38}$/.test(name)).map((name) => `objects/${name}`);
}

describe("the copy of a repository", function () {
    this.timeout(60_000);

    it("is one that git finds whole, with the same branches and tags, and has nothing of pushes that are on their way", () =>
        withRepository((repositories) =>
            withFolder(async (to) => {
                const from = repositories.folder(key);
                await commit(repositories, "Production", "b.txt", "b".repeat(10));
                await repositories.createBranch(
                    key,
                    "Staging",
                    "Production",
                    { author, message: "x" },
                    () => files({ "c.txt": "c" }) as Map<string, Buffer>,
                );
                await mustGit(
                    from,
                    undefined,
                    "-c",
                    "user.name=x",
                    "-c",
                    "user.email=x@x.example",
                    "tag",
                    "-a",
                    "-m",
                    "x",
                    "v1",
                    "Production",
                );
                await mustGit(from, undefined, "tag", "v0", "Staging");
                await mkdir(path.join(from, "objects", "incoming-1", "aa"), { recursive: true });
                await writeFile(path.join(from, "objects", "aa.tmp"), "x");
                await writeFile(path.join(from, "refs", "heads", "Staging.lock"), "x");
                const names = await copy(new RepositoryCopier(), from, to);
                assert.ok(!names.some((name) => /incoming|tmp|lock/.test(name)), names.join());
                await mkdir(path.join(to, "x", "refs"));
                assert.equal((await mustGit(path.join(to, "x"), undefined, "fsck", "--strict", "--full")).trim(), "");
                const refs = (folder: string) =>
                    mustGit(folder, undefined, "for-each-ref", "--format=%(objectname) %(refname)");
                assert.equal(await refs(path.join(to, "x")), await refs(from));
                assert.match(await refs(from), /refs\/tags\/v0\n.*refs\/tags\/v1\n/);
                assert.equal(
                    (await mustGit(path.join(to, "x"), undefined, "symbolic-ref", "HEAD")).trim(),
                    "refs/heads/Production",
                );
            }),
        ));

    it("is whole when everything is packed while it is made, whenever that is, large packs too", () =>
        withRepository(
            (repositories) =>
                withFolder(async (to) => {
                    const from = repositories.folder(key);
                    for (let index = 0; index < 30; index += 1)
                        await commit(repositories, "Production", `${index}.txt`, `${index}`.repeat(50));
                    const total = (await copy(new RepositoryCopier(), from, path.join(to, "dry"))).length;
                    for (const at of [0, 2, 3, 20, total - 2]) {
                        const folder = path.join(to, String(at));
                        let count = 0;
                        await copy(new RepositoryCopier(), from, folder, all, async () => {
                            if (count === at) {
                                await commit(repositories, "Production", `more-${at}.txt`, String(at));
                                await mustGit(from, undefined, "repack", "-a", "-d", "-q");
                                await mustGit(from, undefined, "prune-packed", "-q");
                            }
                            count += 1;
                        });
                        await mkdir(path.join(folder, "x", "refs"));
                        assert.equal(
                            (await mustGit(path.join(folder, "x"), undefined, "fsck", "--strict", "--full"))
                                .trim()
                                .replaceAll(/^dangling .*$/gm, "")
                                .trim(),
                            "",
                        );
                    }
                    assert.deepEqual(
                        (await readdir(path.join(from, "objects"))).filter((name) => /^..$/.test(name)),
                        [],
                        "all of it is in packs by now",
                    );
                }),
            {
                "large.bin": Buffer.from(
                    Array.from({ length: 3_000_000 }, () => Math.floor(Math.random() * 256)),
                ).toString("latin1"),
            },
        ));

    it("says that the repository is gone, whenever that happens", () =>
        withRepository((repositories) =>
            withFolder(async (to) => {
                const from = repositories.folder(key);
                for (let index = 0; index < 20; index += 1)
                    await commit(repositories, "Production", `${index}.txt`, `${index}`);
                await mustGit(
                    path.dirname(from),
                    undefined,
                    "clone",
                    "--quiet",
                    "--bare",
                    from,
                    path.join(to, "kept.git"),
                );
                for (const at of [0, 1, 2, 10, 40]) {
                    const victim = path.join(to, `victim-${at}.git`);
                    await mustGit(
                        to,
                        undefined,
                        "clone",
                        "--quiet",
                        "--bare",
                        "--no-hardlinks",
                        path.join(to, "kept.git"),
                        victim,
                    );
                    let count = 0;
                    const work = copy(new RepositoryCopier(), victim, path.join(to, `copy-${at}`), all, async () => {
                        if (count === at) await rm(victim, { recursive: true });
                        count += 1;
                    });
                    await assert.rejects(work, RepositoryGone);
                    assert.ok(count > at, "it was removed");
                }
                await assert.rejects(copy(new RepositoryCopier(), path.join(to, "nothing"), to), RepositoryGone);
            }),
        ));

    it("has the branches that are chosen", () =>
        withRepository((repositories) =>
            withFolder(async (to) => {
                const from = repositories.folder(key);
                const head = (await repositories.head(key, "Production"))?.commit as string;
                await copy(
                    new RepositoryCopier(),
                    from,
                    to,
                    async (now) => new Map([["refs/heads/Staging", now.get("refs/heads/Production") as string]]),
                );
                await mkdir(path.join(to, "x", "refs"));
                assert.equal(
                    (
                        await mustGit(
                            path.join(to, "x"),
                            undefined,
                            "for-each-ref",
                            "--format=%(objectname) %(refname)",
                        )
                    ).trim(),
                    `${head} refs/heads/Staging`,
                );
            }),
        ));

    it("takes what is one file on the disk once", () =>
        withRepository((repositories) =>
            withFolder(async (to) => {
                const other = { accountId: 1, applicationId: 8 };
                await repositories.create(other, "Production", {
                    files: files({ "c.txt": "c" }) as Map<string, Buffer>,
                    author,
                    message: "x",
                    date: new Date(0),
                });
                for (const [one, more] of [
                    [key, {}],
                    [other, { "c.txt": "d" }],
                ] as const)
                    await repositories.edit(one, "Production", { author, message: "same" }, async () =>
                        files({ "b.txt": "b", ...more }),
                    );
                const copier = new RepositoryCopier();
                let links = 0;
                const count = async (file: CopiedFile) => {
                    if ("link" in file) links += 1;
                };
                await copy(copier, repositories.folder(key), path.join(to, "one"), all, count);
                assert.equal(links, 0);
                for await (const file of copier.copy(repositories.folder(other), "y", all)) await count(file);
                assert.equal(links, 1, "b.txt");
            }),
        ));

    it("does not take an object for another one that lay in its place on the disk until it was removed", () =>
        withRepository((repositories) =>
            withFolder(async (folder) => {
                const [from, next] = [repositories.folder(key), path.join(folder, "next.git")];
                await mustGit(from, undefined, "clone", "--quiet", "--bare", "--no-hardlinks", from, next);
                const objects = await looseObjects(from);
                const places = objects.map((_, index) => path.join(folder, String(index)));
                for (const [index, name] of objects.entries())
                    await link(path.join(from, name), places[index] as string);
                const copier = new RepositoryCopier();
                await copy(copier, from, path.join(folder, "copy"));
                for (const [index, name] of objects.entries()) {
                    const place = places.at(index - 1) as string;
                    await chmod(place, 0o600);
                    // a file is another one under the same name, as when inodes are used again
                    await writeFile(place, await readFile(path.join(next, name)));
                    await rm(path.join(next, name));
                    await link(place, path.join(next, name));
                }
                let files = 0;
                for await (const file of copier.copy(next, "y", all)) {
                    files += 1;
                    if ("link" in file) assert.equal(path.basename(file.link), path.basename(file.name));
                }
                assert.ok(files >= objects.length, `${files} files`);
            }),
        ));
});
