import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { deflateSync } from "node:zlib";
import { glanceLoose, readLoose } from "../../../../platform/git/objects/loose-object";
import { hashObject } from "../../../../platform/git/objects/object-format";
import { ObjectStore } from "../../../../platform/git/objects/object-store";
import { PackFile } from "../../../../platform/git/objects/pack";
import { applyDelta, resultSize } from "../../../../platform/git/objects/pack-delta";
import { findInIndex, listIndexed } from "../../../../platform/git/objects/pack-index";
import { PiecedFile } from "../../../../platform/git/objects/pieced-file";
import { mustGit } from "../../../support/git";
import { refuseLag } from "../../../support/loop-lag";
import { blob, writePack } from "../../../support/packs";
import { withFolder } from "../../../support/platform";
import { key, withRepository } from "../../../support/repository";

/** A size at the beginning of a delta. */
const varint = (size: number) => (size < 128 ? [size] : [(size & 127) | 128, size >> 7]);

/** A repository whose files grew over many commits, so that git stores most of them as differences. */
async function withHistory(
    work: (gitDir: string, oids: { oid: string; type: string; size: number }[]) => Promise<void>,
): Promise<void> {
    await withFolder(async (folder) => {
        await mustGit(folder, undefined, "init", "--quiet", ".");
        let text = "";
        for (let index = 0; index < 12; index += 1) {
            text += `line ${index} ${randomBytes(400).toString("hex")}\n`;
            await writeFile(path.join(folder, "grows.txt"), text);
            await writeFile(
                path.join(folder, `large${index % 2}.bin`),
                Buffer.concat([Buffer.alloc(200_000, "ab"), randomBytes(50_000)]),
            );
            await writeFile(path.join(folder, "empty"), "");
            await mustGit(folder, undefined, "add", "--all");
            await mustGit(folder, undefined, "commit", "--quiet", "--message", `commit ${index}`);
        }
        await mustGit(folder, undefined, "tag", "-a", "-m", "one", "v1");
        const gitDir = path.join(folder, ".git");
        const listing = await mustGit(folder, undefined, "cat-file", "--batch-all-objects", "--batch-check");
        const oids = listing
            .trim()
            .split("\n")
            .map((line) => line.split(" "));
        await work(
            gitDir,
            oids.map(([oid, type, size]) => ({ oid: oid as string, type: type as string, size: Number(size) })),
        );
    });
}

const content = async (gitDir: string, oid: string, type: string) =>
    Buffer.from(await mustGit(gitDir, undefined, "cat-file", type, oid), "utf8");

describe("reading packs", () => {
    it("gives what git gives, loose and packed, offsets and ids, with every depth of differences", async function () {
        this.timeout(120_000);
        await withHistory(async (gitDir, all) => {
            const objects = new ObjectStore(gitDir);
            const readAll = () => Promise.all(all.map(async ({ oid }) => (await objects.read(oid)).data));
            const loose = await readAll();
            for (const delta of ["true", "false"]) {
                await mustGit(
                    gitDir,
                    undefined,
                    "-c",
                    `repack.useDeltaBaseOffset=${delta}`,
                    "repack",
                    "-a",
                    "-d",
                    "-f",
                    "--depth=50",
                    "--quiet",
                );
                const packed = await readAll();
                for (const [index, data] of packed.entries())
                    assert.ok(data.equals(loose[index] as Buffer), all[index]?.oid);
                for (const { oid, type, size } of all) assert.deepEqual(await objects.facts(oid), { type, size }, oid);
            }
            const small = all.find(({ type }) => type === "commit");
            assert.ok(
                (await objects.read(small?.oid as string)).data.equals(
                    await content(gitDir, small?.oid as string, "commit"),
                ),
            );
        });
    });

    it("follows differences of differences of differences", () =>
        withRepository(async (repositories) => {
            const gitDir = repositories.folder(key);
            await mustGit(gitDir, undefined, "config", "fastimport.unpackLimit", "0");
            const folder = path.join(gitDir, "objects/pack");
            const before = await readdir(folder);
            const versions = Array.from(
                { length: 30 },
                (_, index) => `${randomBytes(2000).toString("hex")}${index}`,
            ).map((_, index, all) => all.slice(0, index + 1).join("\n"));
            const stdin = versions.map((text) => `blob\ndata ${text.length}\n${text}\n`).join("");
            await repositories.git.run({ gitDir, verb: "fast-import", flags: ["--quiet", "--depth=50"], stdin });
            const [index] = (await readdir(folder)).filter((name) => name.endsWith(".idx") && !before.includes(name));
            assert.match(
                await mustGit(gitDir, undefined, "verify-pack", "-v", path.join(folder, index as string)),
                /chain length = 2\d/,
            );
            for (const text of versions) {
                const oid = hashObject("blob", Buffer.from(text));
                assert.equal((await repositories.objects(key).read(oid)).data.toString(), text);
                assert.deepEqual(await repositories.objects(key).facts(oid), { type: "blob", size: text.length });
            }
        }));

    it("lets others have their turn while a small pack of long chains is read", () =>
        withRepository(async (repositories) => {
            const gitDir = repositories.folder(key);
            const texts = Array.from({ length: 400 }, (_, index) => "x".repeat(index + 1));
            const grow = (from: number) =>
                Buffer.from([...varint(from), ...varint(from + 1), 0xb0, from & 255, from >> 8, 1, 0x78]);
            const entries = texts.map((text, index) => {
                const oid = hashObject("blob", Buffer.from(text));
                return index === 0 ? blob(text) : { oid, kind: 6, body: grow(index) };
            });
            await writePack(gitDir, entries);
            const store = repositories.objects(key);
            await refuseLag("80,000 steps of deltas", 100, () =>
                Promise.all(entries.map(async ({ oid }) => (await store.read(oid)).data)),
            );
            assert.equal((await store.read(entries.at(-1)?.oid as string)).data.length, 400);
        }));

    it("says undefined of what is nowhere, and finds what moves while it is looked for", async function () {
        this.timeout(120_000);
        await withHistory(async (gitDir, all) => {
            const objects = new ObjectStore(gitDir);
            assert.equal(await objects.facts("f".repeat(40)), undefined);
            await assert.rejects(objects.read("f".repeat(40)), /object f+ is missing/);
            let isPacking = true;
            const packing = (async () => {
                for (let round = 0; round < 6; round += 1)
                    await mustGit(gitDir, undefined, "repack", "-a", "-d", "-f", "--quiet");
                isPacking = false;
            })();
            let reads = 0;
            while (isPacking) {
                const { oid, type } = all[reads % all.length] as { oid: string; type: string };
                assert.equal((await objects.read(oid)).type, type);
                reads += 1;
            }
            await packing;
            assert.ok(reads > 50, `${reads} reads`);
        });
    });

    it("does not read an index of another kind, a delta that does not fill, or an object that is too large", () =>
        withFolder(async (folder) => {
            const file = path.join(folder, "x");
            await writeFile(`${file}.idx`, Buffer.alloc(2000));
            const index = new PiecedFile(`${file}.idx`);
            assert.equal(await index.use((pieces) => findInIndex(pieces, "a".repeat(40))), undefined);
            assert.deepEqual(await index.use(listIndexed), []);
            assert.equal(await new PackFile(file).read("a".repeat(40)), undefined);
            assert.equal(resultSize(Buffer.from([1, 5])), 5);
            assert.deepEqual(
                applyDelta(Buffer.from("abc"), Buffer.from([3, 4, 0x90, 3, 1, 0x78])),
                Buffer.from("abcx"),
            );
            assert.throws(() => applyDelta(Buffer.from("abc"), Buffer.from([3, 4, 0x90, 3])), /makes 3 bytes of the 4/);
            const huge = Buffer.concat([Buffer.from(`blob ${70 * 1024 * 1024}\0`), Buffer.alloc(70 * 1024 * 1024)]);
            await writeFile(file, deflateSync(huge));
            assert.deepEqual(await glanceLoose(file), { type: "blob", size: 70 * 1024 * 1024 });
            await assert.rejects(readLoose(file), { code: "body-too-large" });
        }));
});
