import assert from "node:assert/strict";
import { linkSync, mkdirSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { openRepositories } from "../../../platform/git/repositories";
import { Extraction } from "../../../platform/service/backup-extraction";
import { withFolder } from "../../support/platform";

async function* chunks(...texts: (string | Buffer)[]): AsyncGenerator<Buffer> {
    for (const text of texts) yield Buffer.from(text);
}

function withExtraction(work: (extraction: Extraction, folder: string) => Promise<void>): Promise<void> {
    return withFolder(async (folder) =>
        work(
            new Extraction(
                folder,
                path.join(folder, "rows"),
                await openRepositories({ root: path.join(folder, "repositories") }),
            ),
            folder,
        ),
    );
}

describe("the extraction of a backup", () => {
    it("puts everything where a data folder has it", () =>
        withExtraction(async (extraction, folder) => {
            const object = `repositories/300/objects/ab/${"c".repeat(38)}`;
            await extraction.file("repositories/300/HEAD", 22, chunks("ref: refs/", "heads/Main\n"));
            await extraction.file(object, 1, chunks("o"));
            await extraction.link(`repositories/4/objects/ab/${"c".repeat(38)}`, object);
            await extraction.file("database/users.jsonl", 2, chunks("{}"));
            await extraction.file(
                "files/payloads/deep/x",
                2_000_000,
                chunks(Buffer.alloc(1_500_000), Buffer.alloc(500_000)),
            );
            await extraction.file("secret.key", 1, chunks("k"));
            await extraction.finish();
            const repository = path.join(folder, "repositories", "2c", "300.git");
            assert.equal(await readFile(path.join(repository, "HEAD"), "utf8"), "ref: refs/heads/Main\n");
            assert.ok(
                (await stat(path.join(repository, "refs", "heads"))).isDirectory(),
                "without it git finds no repository there",
            );
            const [one, other] = await Promise.all(
                [repository, path.join(folder, "repositories", "04", "4.git")].map((each) =>
                    stat(path.join(each, "objects", "ab", "c".repeat(38))),
                ),
            );
            assert.equal(one?.ino, other?.ino);
            assert.equal((one?.mode ?? 0) & 0o777, 0o444);
            assert.equal(await readFile(path.join(folder, "rows", "users.jsonl"), "utf8"), "{}");
            assert.equal((await stat(path.join(folder, "payloads", "deep", "x"))).size, 2_000_000);
            assert.equal((await stat(path.join(folder, "secret.key"))).mode & 0o777, 0o600);
        }));

    it("lets no other file take the place of what the platform trusts", () =>
        withExtraction(async (extraction) => {
            for (const name of [
                "database/x",
                "repositories/00/1.git/hooks/post-update",
                "secret.key",
                "section-platform.lock.9",
                "restoring/x",
                "control.sock",
            ])
                await assert.rejects(
                    extraction.file(`files/${name}`, 1, chunks("x")),
                    { code: "backup-damaged" },
                    name,
                );
        }));

    it("fails with the first failure, in the next call or at the end", () =>
        withExtraction(async (extraction) => {
            await extraction.file("files/a", 1, chunks("x"));
            await extraction.finish();
            await extraction.file("files/a/b", 1, chunks("x")); // below a file
            await assert.rejects(
                (async () => {
                    for (let index = 0; index < 100; index += 1)
                        await extraction.file(`files/c${index}`, 1, chunks("x"));
                    await extraction.finish();
                })(),
                { code: "EEXIST" },
            );
            await assert.rejects(extraction.finish());
        }));

    it("copies a file that has all the names it may have", () =>
        withExtraction(async (extraction, folder) => {
            const object = (application: number) => `repositories/${application}/objects/ab/${"c".repeat(38)}`;
            await extraction.file(object(1), 1, chunks("o"));
            await extraction.finish();
            const first = path.join(folder, "repositories", "01", "1.git", "objects", "ab", "c".repeat(38));
            const names = path.join(folder, "names");
            mkdirSync(names);
            // ext4 has room for 65,000
            for (let count = 0, isFull = false; count < 66_000 && !isFull; count += 1) {
                try {
                    linkSync(first, path.join(names, String(count)));
                } catch {
                    isFull = true;
                }
            }
            await extraction.link(object(2), object(1));
            await extraction.finish();
            assert.equal(
                await readFile(first.replace(path.join("01", "1.git"), path.join("02", "2.git")), "utf8"),
                "o",
            );
        })).timeout(60_000);
});
