import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { fileMode, folderMode, formatTree, hashObject } from "../../../../platform/git/objects/object-format";
import { Quarantine, unpackLimit } from "../../../../platform/git/push/quarantine";
import { blob, formatPack, type PackEntry } from "../../../support/packs";
import { key, withRepository } from "../../../support/repository";

describe("a quarantine", () => {
    it("keeps a push to itself until it is released", () =>
        withRepository(async (repositories) => {
            const folder = repositories.folder(key);
            const quarantine = await Quarantine.open(repositories.git, folder);
            const oid = await quarantine.objects.write("blob", Buffer.from("new\n"));
            await assert.rejects(repositories.objects(key).read(oid), /missing/);
            assert.equal((await quarantine.objects.read(oid)).data.toString(), "new\n");
            await quarantine.release();
            await quarantine.discard();
            assert.equal((await repositories.objects(key).read(oid)).data.toString(), "new\n");
            assert.ok(!(await readdir(path.join(folder, "objects"))).some((name) => name.startsWith("incoming-")));
        }));

    it("refuses a pack that is too large or broken, and leaves nothing", () =>
        withRepository(async (repositories) => {
            const folder = repositories.folder(key);
            const quarantine = await Quarantine.open(repositories.git, folder);
            const { stdout: pack } = await repositories.git.run({
                gitDir: folder,
                verb: "pack-objects",
                flags: ["--stdout", "--all", "--quiet"],
            });
            const receive = async (data: Buffer, maxPackBytes: number) => {
                await quarantine.receive(Readable.from([data]), maxPackBytes);
                await quarantine.unpack({ maxPackBytes, maxUnpackedBytes: 1_000_000 });
            };
            await assert.rejects(receive(pack, 100), { code: "body-too-large" });
            await assert.rejects(receive(Buffer.concat([pack.subarray(0, 12), Buffer.alloc(500, 7)]), 1_000_000), {
                code: "push-refused",
                message: /the pack is damaged/,
            });
            await receive(pack, 1_000_000);
            await quarantine.discard();
            assert.equal(await quarantine.has("1".repeat(40)), false);
        }));

    it("says that a history is incomplete, whatever object the pack lacks, small or large, and what is of a wrong kind", () =>
        withRepository(async (repositories) => {
            const missing = "12".repeat(20);
            const make = (kind: number, type: "commit" | "tree" | "blob" | "tag", body: Buffer): PackEntry => ({
                oid: hashObject(type, body),
                kind,
                body,
            });
            const tree = (mode: string, oid: string) => make(2, "tree", formatTree([{ mode, name: "a", oid }]));
            const at = "Olga <olga@agency.example> 1700000000 +0000";
            const commit = (treeId: string, ...parents: string[]) =>
                make(
                    1,
                    "commit",
                    Buffer.from(
                        `tree ${treeId}\n${parents.map((each) => `parent ${each}\n`).join("")}author ${at}\ncommitter ${at}\n\nx\n`,
                    ),
                );
            const file = blob("content");
            const folder = tree(fileMode, file.oid);
            const tag = make(4, "tag", Buffer.from(`object ${missing}\ntype commit\ntag v1\ntagger ${at}\n\nx\n`));
            const delta = { oid: "", kind: 7, base: missing, body: Buffer.from([9, 1, 1, 97]) };
            const cases: [what: string, entries: PackEntry[], reason: RegExp][] = [
                ["a file", [tree(fileMode, missing)], /history is incomplete\. Fetch all of it/],
                ["a folder", [tree(folderMode, missing)], /history is incomplete/],
                ["a commit's tree", [commit(missing)], /history is incomplete/],
                ["a parent", [file, folder, commit(folder.oid, missing)], /history is incomplete/],
                ["a tag's commit", [tag], /history is incomplete/],
                ["the base of a difference", [file, delta], /history is incomplete/],
                [
                    "file for folder",
                    [file, tree(folderMode, file.oid)],
                    /damaged: object \w{40} is a blob, not a tree\./,
                ],
                ["folder for file", [file, folder, tree(fileMode, folder.oid)], /is a tree, not a blob\./],
                ["file for a commit's tree", [file, commit(file.oid)], /is a blob, not a tree\./],
            ];
            const filler = Array.from({ length: unpackLimit }, (_, index) => blob(`filler ${index}`));
            for (const [what, entries, message] of cases)
                for (const more of [[], filler]) {
                    const quarantine = await Quarantine.open(repositories.git, repositories.folder(key));
                    const pack = formatPack([...entries, ...more]);
                    await quarantine.receive(Readable.from([pack]), 1_000_000);
                    await assert.rejects(
                        quarantine.unpack({ maxPackBytes: 1_000_000, maxUnpackedBytes: 1_000_000 }),
                        { code: "push-refused", message },
                        `${what}, ${more.length} others`,
                    );
                    await quarantine.discard();
                }
        }));
});
