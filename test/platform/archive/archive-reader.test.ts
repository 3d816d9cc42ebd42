import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { gunzipSync, gzipSync } from "node:zlib";
import { pack } from "tar-stream";
import { makeArchive, openArchive, rest } from "../../support/backup-archive";

const whole = () =>
    makeArchive(async (writer) => {
        await writer.addFile("repositories/7/HEAD", Buffer.from("ref: refs/heads/Production\n"));
        await writer.addFile(
            "repositories/7/objects/aa/bb",
            Buffer.from("a blob of some length, which can be changed"),
        );
        await writer.addFile("database/users.jsonl", Buffer.from('{"id":1}\n'));
    });

interface Odd {
    name: string;
    type?: "file" | "link" | "symlink" | "directory";
    linkname?: string;
    text?: string;
}

/** An archive that nobody honest writes. */
async function oddArchive(...entries: Odd[]): Promise<Buffer> {
    const tar = pack();
    for (const { text = "", ...header } of entries) {
        if (header.type === undefined || header.type === "file") tar.entry(header, text);
        else tar.entry({ ...header, size: 0 });
    }
    tar.finalize();
    const chunks: Buffer[] = [];
    for await (const chunk of tar as unknown as Readable) chunks.push(chunk);
    return gzipSync(Buffer.concat(chunks));
}

const head = { name: "format.json", text: JSON.stringify(rest) };
const manifest = { name: "manifest.json", text: JSON.stringify({ ...rest, parts: {} }) };

describe("the reader of backups", () => {
    it("takes a whole one, and none that is cut short at any place", async () => {
        const bytes = await whole();
        assert.equal((await openArchive(bytes)).content.size, 3);
        for (const length of [0, 1, 10, 100, Math.floor(bytes.length / 2), bytes.length - 9, bytes.length - 1]) {
            await assert.rejects(openArchive(bytes.subarray(0, length)), { code: "backup-damaged" }, `${length} bytes`);
        }
    });

    it("takes none in which a byte is another one, and names what is wrong", async () => {
        const plain = gunzipSync(await whole());
        const changed = Buffer.from(plain);
        const at = changed.indexOf("a blob of some");
        changed[at] = 0x42;
        await assert.rejects(openArchive(gzipSync(changed)), {
            code: "backup-damaged",
            message:
                "the backup is damaged: repositories/7 is not what was backed up. Use another backup, or another copy of this one.",
        });
        let harmless = 0;
        for (let index = 0; index < plain.length; index += 61) {
            const flipped = Buffer.from(plain);
            flipped[index] = (flipped[index] as number) ^ 0x20;
            // bytes that nothing depends on: padding, owners and times of entries
            await openArchive(gzipSync(flipped)).then(
                ({ content }) => {
                    harmless += 1;
                    assert.equal(content.get("database/users.jsonl"), '{"id":1}\n');
                },
                (error) => assert.equal(error.code, "backup-damaged", String(error)),
            );
        }
        assert.ok(harmless < plain.length / 61);
    });

    it("takes nothing that leads out of the folder, nor anything but files and links to what came before", async () => {
        const odd: Odd[] = [
            { name: "../evil" },
            { name: "/etc/passwd" },
            { name: "files/../../evil" },
            { name: "files/./x" },
            { name: "files//x" },
            { name: "files/a\\b" },
            { name: "elsewhere" },
            { name: "section-platform.lock.9" },
            { name: "database/../x.jsonl" },
            { name: "repositories/x/HEAD" },
            { name: "files/x", type: "symlink", linkname: "/etc/passwd" },
            { name: "files/x", type: "link", linkname: "/etc/passwd" },
            { name: "files/x", type: "link", linkname: "files/x" },
            { name: "files/x", type: "directory" },
            { name: "repositories/7/refs/heads/x", type: "symlink", linkname: "/etc/passwd" },
            { name: "repositories/7/hooks", type: "symlink", linkname: "/tmp" },
            { name: "repositories/7/hooks", type: "directory" },
        ];
        for (const entry of odd)
            await assert.rejects(
                openArchive(await oddArchive(head, entry, manifest)),
                { code: "backup-damaged" },
                JSON.stringify(entry),
            );
    });

    it("takes nothing twice, nothing after the manifest, nothing that the manifest does not have, and nothing without one", async () => {
        await assert.rejects(
            openArchive(await oddArchive(head, { name: "files/x" }, { name: "files/x" }, manifest)),
            /files\/x twice/,
        );
        await assert.rejects(
            openArchive(await oddArchive(head, manifest, { name: "files/x" })),
            /something follows its manifest/,
        );
        await assert.rejects(
            openArchive(await oddArchive(head, { name: "files/x" }, manifest)),
            /files is not in its manifest/,
        );
        await assert.rejects(openArchive(await oddArchive(head)), /it has no manifest: it was broken off/);
        await assert.rejects(openArchive(await oddArchive(manifest)), /does not begin with format\.json/);
        await assert.rejects(
            openArchive(await oddArchive({ name: "format.json", text: "{" })),
            /format\.json is not JSON/,
        );
        await assert.rejects(openArchive(gzipSync("nonsense".repeat(1000))), { code: "backup-damaged" });
        await assert.rejects(openArchive(Buffer.from("nonsense")), { code: "backup-damaged" });
    });

    it("says which platform can read a format that it does not know", async () => {
        const newer = { name: "format.json", text: JSON.stringify({ ...rest, format: 2, platform: "9.0.0" }) };
        await assert.rejects(openArchive(await oddArchive(newer)), {
            code: "backup-newer",
            message: "the backup has format 2, written by platform 9.0.0. Restore it with that version or a newer one.",
        });
    });

    it("passes on what the machine refuses, as what it is", async () => {
        const broken = new Readable({
            read: () =>
                void broken.destroy(Object.assign(new Error("EIO: i/o error, read"), { code: "EIO", syscall: "read" })),
        });
        await assert.rejects(openArchive(broken), { code: "EIO" });
    });
});
