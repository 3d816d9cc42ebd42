import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { open, readFile } from "node:fs/promises";
import { deflateRawSync, deflateSync } from "node:zlib";
import { formatSize } from "../../../../model/file-size";
import { parseEntryHead } from "../../../../platform/git/objects/entry-head";
import { inspectPack } from "../../../../platform/git/push/inspect-pack";
import { packLimits } from "../../../../platform/git/push/pack-limits";
import { PackWalk } from "../../../../platform/git/push/pack-walk";
import { blob, type PackEntry, writePack } from "../../../support/packs";
import { withFolder } from "../../../support/platform";

const mebibyte = 1024 * 1024;
const limits = packLimits({ maxPackBytes: 10 * mebibyte, maxUnpackedBytes: 20 * mebibyte });
const anyId = "a".repeat(40);

const inspect = (entries: readonly PackEntry[]) =>
    withFolder(async (folder) => inspectPack(`${await writePack(folder, entries)}.pack`, limits));

const entry = (kind: number, body: Buffer, more: Partial<PackEntry> = {}): PackEntry => ({
    oid: anyId,
    kind,
    body,
    ...more,
});

function varint(value: number): number[] {
    return value < 128 ? [value] : [(value & 127) | 128, ...varint(Math.floor(value / 128))];
}

/** A difference that says what sizes it is between, and no more. */
const delta = (base: number, result: number) => Buffer.from([...varint(base), ...varint(result)]);

describe("a pack before git takes it", () => {
    it("is gone through from entry to entry, whatever their size", async () => {
        const sizes = [0, 1, 15, 16, 4_000, 65_536, 65_537, 300_000];
        const bodies = [...sizes.map((size) => randomBytes(size)), Buffer.alloc(500_000)];
        const facts = await inspect(bodies.map((body) => entry(3, body)));
        const total = bodies.reduce((sum, { length }) => sum + length, 0);
        assert.deepEqual(facts, { objects: 9, heldBytes: total, largestBytes: 500_000, ofFiles: [] });
    });

    it("goes on behind data that was packed badly", async () => {
        const body = Buffer.from("x".repeat(100));
        // zlib writes as many empty blocks as it is told to
        const empty = Buffer.concat(Array.from({ length: 400 }, () => Buffer.from([0, 0, 0, 0xff, 0xff])));
        const whole = deflateSync(body);
        const packed = Buffer.concat([whole.subarray(0, 2), empty, deflateRawSync(body), whole.subarray(-4)]);
        const facts = await inspect([entry(3, body, { packed }), blob("next")]);
        assert.equal(facts.objects, 2);
    });

    it("is refused by the sizes that it declares, before anything is inflated", async () => {
        const declared = (kind: number, size: number, more: Partial<PackEntry> = {}) =>
            inspect([
                blob("a"),
                entry(kind, Buffer.alloc(0), { declared: size, packed: Buffer.from("never read"), ...more }),
            ]);
        const tooLarge = { code: "push-refused", message: /has [\d.]+ [GM]iB, more than/ };
        for (const [kind, most] of [
            [1, mebibyte],
            [4, mebibyte],
            [2, 8 * mebibyte],
            [3, 10 * mebibyte],
            [6, 10 * mebibyte],
        ] as const)
            await assert.rejects(declared(kind, most + 1), tooLarge, `kind ${kind}`);
        await assert.rejects(declared(7, 2 ** 31, { base: anyId }), tooLarge);
        await assert.rejects(declared(1, 2 ** 31), new RegExp(`a commit in the push has ${formatSize(2 ** 31)}`));
        const many = Array.from({ length: 5 }, () => entry(3, Buffer.alloc(5 * mebibyte)));
        await assert.rejects(inspect(many), /what is pushed, unpacked, has 25 MiB, more than 20 MiB/);
    });

    it("is refused by the results that its differences declare", async () => {
        const commit = entry(1, Buffer.from("x"));
        await assert.rejects(
            inspect([commit, entry(6, delta(1, 2 * mebibyte))]),
            /a commit in the push has 2(\.0)? MiB/,
        );
        await assert.rejects(inspect([commit, entry(6, delta(1, 5)), entry(6, delta(5, 2 * mebibyte))]), /a commit/);
        await assert.rejects(inspect([blob("a"), entry(6, delta(1, 11 * mebibyte))]), /has 11 MiB, more than 10 MiB/);
        await assert.rejects(inspect([entry(6, delta(1, 5), { distance: 3 })]), /the pack is damaged/);
        const large = await inspect([blob("a"), entry(7, delta(1, 9 * mebibyte), { base: anyId })]);
        assert.deepEqual(large.ofFiles, [anyId], "only a file may be so large, which its base tells");
        assert.equal(large.largestBytes, 9 * mebibyte + 1 + 5);
    });

    it("is damaged when it does not hold what it declares", async () => {
        const damaged = /the pack is damaged/;
        const body = Buffer.alloc(200_000);
        for (const size of [199_999, 200_001, 100, 70_000])
            await assert.rejects(inspect([entry(3, body, { declared: size })]), damaged, `${size}`);
        await assert.rejects(inspect([entry(3, Buffer.from("ab"), { packed: Buffer.from("no zlib data") })]), damaged);
        await assert.rejects(inspect([entry(5, Buffer.from("ab"))]), damaged);
        const cut = deflateSync(randomBytes(100_000)).subarray(0, 50_000);
        await assert.rejects(inspect([entry(3, Buffer.alloc(100_000), { packed: cut })]), damaged);
        await assert.rejects(
            withFolder((folder) => inspectPack(`${folder}/none`, limits)),
            { code: "ENOENT" },
        );
    });

    it("declares entries where their heads begin", () =>
        withFolder(async (folder) => {
            const file = `${await writePack(folder, [blob("a"), entry(6, delta(1, 1))])}.pack`;
            const handle = await open(file);
            try {
                const walk = new PackWalk(handle);
                assert.equal(await walk.count(), 2);
                const first = await walk.head(12);
                const { at: _, ...head } = first;
                assert.deepEqual(head, parseEntryHead((await readFile(file)).subarray(12)));
                const next = await walk.head(await walk.pass(first, () => {}));
                assert.equal(next.distance, next.at - first.at);
            } finally {
                await handle.close();
            }
        }));
});
