import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { createReadStream } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { PassThrough, Readable, Writable } from "node:stream";
import { promisify } from "node:util";
import { ArchiveWriter } from "../../../platform/archive/archive-writer";
import { makeArchive, openArchive, rest, takenAt } from "../../support/backup-archive";
import { withFolder } from "../../support/platform";

const long = `repositories/7/objects/${"a".repeat(150)}/${"b".repeat(150)}`;

describe("the writer of backups", () => {
    it("writes what the reader reads: files, streams, links, long names, and what it all adds up to", async () => {
        const bytes = await makeArchive(async (writer) => {
            await writer.addFile("repositories/7/HEAD", Buffer.from("ref: refs/heads/Production\n"));
            await writer.addFile(long, Buffer.from("x"));
            await writer.addLink("repositories/8/HEAD", "repositories/7/HEAD");
            await writer.addStream(
                "files/large",
                3_000_000,
                Readable.from(Array.from({ length: 30 }, () => Buffer.alloc(100_000, 7))),
            );
            await writer.addFile("database/users.jsonl", Buffer.alloc(0));
        });
        const { manifest, content } = await openArchive(bytes);
        assert.deepEqual(
            [...content.keys()],
            ["repositories/7/HEAD", long, "repositories/8/HEAD", "files/large", "database/users.jsonl"],
        );
        assert.equal(content.get("repositories/8/HEAD"), "-> repositories/7/HEAD");
        assert.equal(content.get("files/large")?.length, 3_000_000);
        assert.deepEqual(
            Object.entries(manifest.parts).map(([name, { entries, bytes: size }]) => [name, entries, size]),
            [
                ["repositories/7", 2, 28],
                ["repositories/8", 1, 0],
                ["files", 1, 3_000_000],
                ["database/users.jsonl", 1, 0],
            ],
        );
    });

    it("writes a tar that every other tar reads", () =>
        withFolder(async (folder) => {
            await writeFile(
                path.join(folder, "backup.tar.gz"),
                await makeArchive(async (writer) => {
                    await writer.addFile("files/a", Buffer.from("hello"));
                    await writer.addLink("files/b", "files/a");
                }),
            );
            await mkdir(path.join(folder, "out"));
            await promisify(execFile)("tar", ["xzf", "backup.tar.gz", "-C", "out"], { cwd: folder });
            assert.equal(await readFile(path.join(folder, "out", "files", "b"), "utf8"), "hello");
            assert.equal(JSON.parse(await readFile(path.join(folder, "out", "manifest.json"), "utf8")).format, 1);
        }));

    it("fails where the sink fails, or a stream says more or less than it should, and leaves no whole archive", async () => {
        const full = new Writable({
            write: (_chunk, _encoding, done) => done(Object.assign(new Error("no space"), { code: "ENOSPC" })),
        });
        const writer = new ArchiveWriter(full, takenAt);
        const work = async () => {
            await writer.begin(rest);
            for (let index = 0; index < 1000; index += 1)
                await writer.addStream(`files/${index}`, 100_000, Readable.from([Buffer.alloc(100_000)]));
            await writer.finish(rest);
        };
        await assert.rejects(work(), /no space|destroyed|premature/i);
        for (const size of [3, 5]) {
            const sink = new PassThrough();
            sink.on("error", () => {}).resume();
            const short = new ArchiveWriter(sink, takenAt);
            await short.begin(rest);
            await assert.rejects(
                short.addStream("files/x", size, Readable.from([Buffer.alloc(4)])),
                /Size mismatch|destroyed/,
            );
        }
    });

    it("lets go of a file whose reader goes away", () =>
        withFolder(async (folder) => {
            const file = path.join(folder, "large");
            await writeFile(file, Buffer.alloc(5_000_000, 1));
            const sink = new PassThrough();
            const writer = new ArchiveWriter(sink, takenAt);
            await writer.begin(rest);
            const content = createReadStream(file);
            const adding = writer.addStream("files/large", 5_000_000, content);
            adding.catch(() => {});
            sink.destroy();
            await assert.rejects(adding);
            if (!content.destroyed) await once(content, "close");
        }));
});
