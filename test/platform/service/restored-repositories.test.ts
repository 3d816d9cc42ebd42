import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { advertiseUpload, startUpload } from "../../../platform/git/upload-pack";
import { listFileSizes } from "../../../platform/git/views/file-preview";
import { checkConsistency } from "../../../platform/service/consistency";
import { restoreBackup } from "../../../platform/service/restore";
import { alterBackup } from "../../support/altered-backup";
import { change, makeOwner, makeSite, openData, restore, takeBackup } from "../../support/backups";
import { mustGit } from "../../support/git";
import { withFolder } from "../../support/platform";

/** A configuration with which git runs a command whenever it misses an object. */
const evilConfiguration = (marker: string) => `[core]
\trepositoryformatversion = 1
\tbare = true
\tfsmonitor = touch ${marker}
\tsshCommand = touch ${marker}
[extensions]
\tpartialClone = origin
[remote "origin"]
\turl = ext::sh -c touch% ${marker}
\tpromisor = true
[protocol "ext"]
\tallow = always
`;

describe("the repositories of a restored backup", function () {
    this.timeout(180_000);
    let bytes: Buffer;
    let blob: string;

    before(() =>
        withFolder(async (dataDir) => {
            const source = await openData({ dataDir });
            const owner = await makeOwner(source.context);
            const { id } = await makeSite(source.context, owner);
            assert.equal(id, 1);
            await change(source.context, owner, id); // an object in a file of its own
            bytes = await takeBackup(source);
            const gitDir = source.context.repositories.folder({ accountId: 1, applicationId: 1 });
            blob = (await mustGit(gitDir, undefined, "rev-parse", "Production:section.config.json")).trim();
            await source.close();
        }),
    );

    const loose = () => `repositories/1/objects/${blob.slice(0, 2)}/${blob.slice(2)}`;

    it("run no command that a configuration names, though an object is missing", () =>
        withFolder(async (folder) => {
            const [dataDir, marker] = [path.join(folder, "new"), path.join(folder, "owned")];
            const evil = await alterBackup(bytes, (content) => {
                content.set("repositories/1/config", Buffer.from(evilConfiguration(marker)));
                assert.ok(content.delete(loose()));
            });
            const skipped: string[] = [];
            await restoreBackup(Readable.from([evil]), { dataDir, onSkipped: (what) => skipped.push(what) });
            assert.deepEqual(skipped, ["the configuration of repository 1: the platform writes its own"]);
            const gitDir = path.join(dataDir, "repositories", "01", "1.git");
            assert.equal(
                await readFile(path.join(gitDir, "config"), "utf8"),
                "[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = true\n",
            );
            assert.deepEqual((await readdir(gitDir)).sort(), ["HEAD", "config", "objects", "packed-refs", "refs"]);
            const { context, close } = await openData({ dataDir });
            try {
                const key = { accountId: 1, applicationId: 1 };
                await checkConsistency(context);
                const head = await context.repositories.head(key, "Production");
                await listFileSizes(context.repositories, key, head?.tree as string);
                await advertiseUpload(context.repositories, { key });
                const want = Buffer.from(`0032want ${head?.commit}\n00000009done\n`);
                const answer = await startUpload(context.repositories, { key }, Readable.from([want]));
                answer.on("error", () => {});
                answer.resume();
                await new Promise((resolve) => answer.once("close", resolve));
            } finally {
                await close();
            }
            assert.ok(!existsSync(marker));
            // the same files do run it where git reads that configuration
            await mustGit(gitDir, undefined, "config", "extensions.partialClone", "origin");
            await mustGit(gitDir, undefined, "config", "core.repositoryFormatVersion", "1");
            await mustGit(gitDir, undefined, "config", "remote.origin.url", `ext::sh -c touch% ${marker}`);
            await mustGit(gitDir, undefined, "config", "remote.origin.promisor", "true");
            await mustGit(gitDir, undefined, "config", "protocol.ext.allow", "always");
            await assert.rejects(mustGit(gitDir, undefined, "cat-file", "-p", blob));
            assert.ok(existsSync(marker));
        }));

    it("have no hook, no alternates, nothing but objects and references: such an archive is refused, and leaves nothing", () =>
        withFolder(async (folder) => {
            const dataDir = path.join(folder, "new");
            const odd = [
                "hooks/post-update",
                "hooks/reference-transaction",
                "objects/info/alternates",
                "objects/info/http-alternates",
                "info/attributes",
                "info/grafts",
                "commondir",
                "gitdir",
                "config.worktree",
                "worktrees/a/gitdir",
                "objects/pack/post-update",
                `objects/pack/pack-${"1".repeat(40)}.promisor`,
                "refs/heads/x.lock",
                `refs/replace/${"1".repeat(40)}`,
            ];
            for (const name of odd) {
                const evil = await alterBackup(
                    bytes,
                    (content) => void content.set(`repositories/1/${name}`, Buffer.from("#!/bin/sh\ntouch owned\n")),
                );
                await assert.rejects(restore(evil, { dataDir }), {
                    code: "backup-damaged",
                    message: `the backup is damaged: it has an entry "repositories/1/${name}". Use another backup, or another copy of this one.`,
                });
                assert.deepEqual(await readdir(dataDir), [], name);
            }
        }));

    it("do not lead out of themselves", () =>
        withFolder(async (folder) => {
            const dataDir = path.join(folder, "new");
            const odd: [name: string, content: Buffer | { link: string } | { symlink: string }, reason: RegExp][] = [
                ["repositories/1/HEAD", { symlink: "/etc/passwd" }, /1\/HEAD is no file/],
                ["repositories/1/hooks", { symlink: "/tmp" }, /1\/hooks is no file/],
                [
                    "repositories/1/HEAD",
                    Buffer.from("ref: refs/heads/../../x\n"),
                    /1\/HEAD does not say where branches/,
                ],
                [
                    "repositories/1/packed-refs",
                    Buffer.from("nonsense\n"),
                    /packed-refs does not say where branches lead/,
                ],
                ["repositories/1/refs/heads/x", Buffer.from("ref: /etc/passwd\n"), /heads\/x does not say where/],
                ["repositories/1/refs/heads/x", { link: "secret.key" }, /only objects are linked/],
                ["repositories/1/config", { link: loose() }, /only objects are linked/],
                ["files/x", { link: "repositories/1/HEAD" }, /only objects are linked/],
                ["repositories/01/HEAD", Buffer.from("ref: refs/heads/x\n"), /an entry "repositories\/01\/HEAD"/],
                ["repositories/99999999999/HEAD", Buffer.from("ref: refs/heads/x\n"), /an entry "repositories\/999/],
                ["files/Repositories/01/1.git/hooks/update", Buffer.from("x"), /an entry "files\/Repositories/],
            ];
            for (const [name, content, reason] of odd) {
                const evil = await alterBackup(bytes, (all) => {
                    all.delete(name);
                    all.set("secret.key", all.get("secret.key") as Buffer);
                    all.set(name, content);
                });
                await assert.rejects(restore(evil, { dataDir }), { code: "backup-damaged", message: reason }, name);
                assert.deepEqual(await readdir(dataDir), [], name);
            }
        }));

    it("lose references that are neither branches nor tags, which is said", () =>
        withFolder(async (folder) => {
            const dataDir = path.join(folder, "new");
            const odd = await alterBackup(bytes, (content) => {
                const packed = content.get("repositories/1/packed-refs") as Buffer;
                const line = `${blob} refs/replace/${"1".repeat(40)}\n`;
                content.set("repositories/1/packed-refs", Buffer.concat([packed, Buffer.from(line)]));
            });
            const skipped: string[] = [];
            await restoreBackup(Readable.from([odd]), { dataDir, onSkipped: (what) => skipped.push(what) });
            assert.deepEqual(skipped, [
                `refs/replace/${"1".repeat(40)} of repository 1: it is neither a branch nor a tag`,
            ]);
            const gitDir = path.join(dataDir, "repositories", "01", "1.git");
            assert.equal(
                await mustGit(gitDir, undefined, "for-each-ref", "--format=%(refname)"),
                "refs/heads/Production\n",
            );
        }));
});
