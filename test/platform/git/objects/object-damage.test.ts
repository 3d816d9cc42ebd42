import assert from "node:assert/strict";
import { randomInt } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { deflateSync } from "node:zlib";
import { isProblem, Problem } from "section-model";
import { tellsDamage } from "../../../../platform/damage";
import { inflateBeginning, inflateExactly } from "../../../../platform/git/objects/inflate-object";
import { namingDamage, ObjectDamage } from "../../../../platform/git/objects/object-damage";
import { hashObject } from "../../../../platform/git/objects/object-format";
import { ObjectStore } from "../../../../platform/git/objects/object-store";
import { Git } from "../../../../platform/git/process/git";
import { furnishRepository } from "../../../../platform/git/upkeep/furnish-repository";
import { inspectRepository } from "../../../../platform/git/upkeep/inspect-repository";
import { mustGit } from "../../../support/git";
import { blob, type PackEntry, writeLooseFile, writePack } from "../../../support/packs";
import { withFolder } from "../../../support/platform";
import { key, withRepository } from "../../../support/repository";

const base = blob("abc");
const wanted = hashObject("blob", Buffer.from("abcx"));
/** Makes "abcx" of "abc": copies three bytes, adds one. */
const rightDelta = Buffer.from([3, 4, 0x90, 3, 1, 0x78]);

const delta = (...bytes: number[]): PackEntry => ({ oid: wanted, kind: 6, body: Buffer.from(bytes) });

/** What is wrong with each pack, whose last entry is asked for. */
const packs: Record<string, { entries: PackEntry[]; reason: RegExp }> = {
    "a delta for a longer base": {
        entries: [base, delta(5, 4, 0x90, 3, 1, 0x78)],
        reason: /its delta is for a base of 5 bytes, and its base has 3$/,
    },
    "a delta for another base of the same length": {
        entries: [blob("xyz"), { ...delta(), body: rightDelta }],
        reason: new RegExp(`its content has the id ${hashObject("blob", Buffer.from("xyzx"))}$`),
    },
    "a copy from behind the end of the base": {
        entries: [base, delta(3, 4, 0x91, 2, 4)],
        reason: /takes more than there is/,
    },
    "a copy of more than the object has": { entries: [base, delta(3, 2, 0x90, 3)], reason: /takes more than there is/ },
    "an insertion of more than the delta has": {
        entries: [base, delta(3, 4, 4, 0x61, 0x62)],
        reason: /takes more than there is/,
    },
    "an insertion of more than the object has": {
        entries: [base, delta(3, 1, 2, 0x61, 0x62)],
        reason: /takes more than there is/,
    },
    "an unknown instruction": { entries: [base, delta(3, 4, 0)], reason: /an instruction that git does not know/ },
    "an instruction that is cut": { entries: [base, delta(3, 4, 0x91)], reason: /ends within an instruction/ },
    "a delta that makes too little": { entries: [base, delta(3, 9, 0x90, 3)], reason: /makes 3 bytes of the 9/ },
    "a delta of nothing": { entries: [base, delta()], reason: /a number in it ends too early/ },
    "a size without an end": {
        entries: [base, delta(255, 255, 255, 255, 255, 255, 255, 255, 1)],
        reason: /a number in it has no end/,
    },
    "a delta to itself": {
        entries: [{ oid: wanted, kind: 7, body: rightDelta, base: wanted }],
        reason: /its deltas lead back to themselves/,
    },
    "a delta to what is elsewhere": {
        entries: [{ oid: wanted, kind: 7, body: rightDelta, base: "1".repeat(40) }],
        reason: /its base is not in its pack/,
    },
    "a base before the beginning": {
        entries: [base, { oid: wanted, kind: 6, body: rightDelta, distance: 1_000_000 }],
        reason: /its base lies outside of its pack/,
    },
    "an unknown kind": {
        entries: [{ oid: wanted, kind: 5, body: rightDelta }],
        reason: /a kind that git does not know/,
    },
    "more bytes than declared": {
        entries: [{ ...blob("abcx"), declared: 2 }],
        reason: /it does not have the 2 bytes that its header declares/,
    },
    "fewer bytes than declared": {
        entries: [{ ...blob("abcx"), declared: 9 }],
        reason: /it does not have the 9 bytes that its header declares/,
    },
    "bytes that are not packed": {
        entries: [{ ...blob("abcx"), packed: Buffer.from("not packed by anybody") }],
        reason: /it cannot be inflated/,
    },
    "an end that is missing": {
        entries: [{ ...blob("abcx"), packed: deflateSync(Buffer.from("abcx")).subarray(0, 4) }],
        reason: /inflated|ends too early/,
    },
    "another object under its id": {
        entries: [{ ...blob("abcd"), oid: wanted }],
        reason: new RegExp(`its content has the id ${hashObject("blob", Buffer.from("abcd"))}$`),
    },
};

const loose: Record<string, { content: Buffer; reason: RegExp }> = {
    "another object": { content: deflateSync("blob 4\0abcd"), reason: /its content has the id/ },
    "more than declared": { content: deflateSync("blob 3\0abcx"), reason: /does not have the \d+ bytes/ },
    "less than declared": { content: deflateSync("blob 9\0abcx"), reason: /does not have the \d+ bytes/ },
    "no header": { content: deflateSync("abcx"), reason: /its header is none of git's/ },
    "an unknown type": { content: deflateSync("blub 4\0abcx"), reason: /its header is none of git's/ },
    "an odd size": { content: deflateSync("blob 04\0abcx"), reason: /its header is none of git's/ },
    nothing: { content: Buffer.alloc(0), reason: /its header is none of git's|inflated/ },
    noise: { content: Buffer.from("noise that nobody packed"), reason: /it cannot be inflated/ },
    "half a file": {
        content: deflateSync("blob 4\0abcx").subarray(0, -6),
        reason: /its file ends too early|does not have/,
    },
};

/** Gives each of a table's cases a repository of its own. */
function withEach<T>(
    table: Record<string, T>,
    test: (item: T, name: string, where: { git: Git; gitDir: string }) => Promise<void>,
): Promise<void> {
    return withFolder(async (root) => {
        const git = new Git();
        try {
            for (const [index, [name, item]] of Object.entries(table).entries()) {
                const gitDir = path.join(root, String(index));
                await mkdir(gitDir);
                await furnishRepository(gitDir);
                await writeFile(path.join(gitDir, "HEAD"), "ref: refs/heads/Production\n");
                await test(item, name, { git, gitDir });
            }
        } finally {
            await git.close();
        }
    });
}

describe("a damaged object", function () {
    this.timeout(60_000);

    it("in a pack is told with its id, its pack, what is wrong and what to do, and found by who inspects", async () => {
        assert.ok(Object.keys(packs).length >= 20);
        await withEach(packs, async ({ entries, reason }, name, { git, gitDir }) => {
            const file = await writePack(gitDir, entries);
            const oid = entries.at(-1)?.oid as string;
            const failure = await new ObjectStore(gitDir).read(oid).catch((error) => error);
            assert.ok(isProblem(failure) && tellsDamage(failure), `${name}: ${failure}`);
            assert.match(failure.detail, reason, name);
            assert.ok(failure.detail.startsWith(`object ${oid} in ${file}.pack is damaged: `), failure.detail);
            assert.match(failure.message, /Run section-platform check; docs/);
            const found = await inspectRepository(git, gitDir);
            assert.ok(
                found.some(({ kind, message }) => kind === "object-damaged" && message === failure.detail),
                `${name}: ${JSON.stringify(found)}`,
            );
        });
    });

    it("in a file of its own is told in the same way", async () => {
        assert.ok(Object.keys(loose).length >= 9);
        await withEach(loose, async ({ content, reason }, name, { git, gitDir }) => {
            const file = await writeLooseFile(gitDir, wanted, content);
            const failure = await new ObjectStore(gitDir).read(wanted).catch((error) => error);
            assert.ok(tellsDamage(failure), `${name}: ${failure}`);
            assert.match(failure.detail, reason, name);
            assert.ok(failure.detail.startsWith(`object ${wanted} in ${file} is damaged: `), failure.detail);
            assert.deepEqual(await inspectRepository(git, gitDir), [
                { kind: "object-damaged", message: failure.detail },
            ]);
        });
    });

    it("is none where everything is right: deltas by offset and by id, and large objects are refused by what they declare", () =>
        withRepository(async (repositories) => {
            const gitDir = repositories.folder(key);
            await writePack(gitDir, [base, { oid: wanted, kind: 6, body: rightDelta }]);
            assert.equal((await repositories.objects(key).read(wanted)).data.toString(), "abcx");
            assert.deepEqual(await repositories.objects(key).facts(wanted), { type: "blob", size: 4 });
            const other = blob("abcy");
            const byId = { oid: other.oid, kind: 7, body: Buffer.from([3, 4, 0x90, 3, 1, 0x79]), base: base.oid };
            await writePack(gitDir, [base, byId]);
            assert.equal((await repositories.objects(key).read(other.oid)).data.toString(), "abcy");
            const large = { ...blob("large"), declared: 5_000_000_000 };
            await writePack(gitDir, [large]);
            await assert.rejects(repositories.objects(key).read(large.oid), { code: "body-too-large" });
            const bomb = { ...blob("bomb"), kind: 6, body: Buffer.from([3, 255, 255, 255, 255, 15]) };
            await writePack(gitDir, [base, bomb]);
            await assert.rejects(repositories.objects(key).read(bomb.oid), { code: "body-too-large" });
            const declared = "2".repeat(40);
            await writeLooseFile(gitDir, declared, deflateSync("blob 5000000000\0x"));
            await assert.rejects(repositories.objects(key).read(declared), { code: "body-too-large" });
        }));

    it("never passes for another one, whichever byte of a pack or an index is wrong", () =>
        withRepository(async (repositories) => {
            const gitDir = repositories.folder(key);
            await mustGit(gitDir, undefined, "config", "fastimport.unpackLimit", "0");
            const texts = Array.from({ length: 12 }, (_, index) => "lines that stay\n".repeat(40 + index));
            const stdin = texts.map((text) => `blob\ndata ${text.length}\n${text}\n`).join("");
            await repositories.git.run({ gitDir, verb: "fast-import", flags: ["--quiet", "--depth=50"], stdin });
            const folder = path.join(gitDir, "objects", "pack");
            const seed = randomInt(2 ** 31);
            let noticed = 0;
            for (const name of (await readdir(folder)).filter((each) => /\.(pack|idx)$/.test(each))) {
                const file = path.join(folder, name);
                const right = await readFile(file);
                for (let flip = 0; flip < 20; flip += 1) {
                    const wrong = Buffer.from(right);
                    const at = (seed + flip * 7_919) % right.length;
                    wrong[at] = (wrong[at] as number) ^ (1 + ((seed + flip) % 255));
                    await writeFile(file, wrong, { mode: 0o644 }).catch(async () => {
                        throw new Error(`${file} cannot be written`);
                    });
                    for (const text of texts) {
                        const oid = hashObject("blob", Buffer.from(text));
                        const outcome = await repositories
                            .objects(key)
                            .read(oid)
                            .catch((error) => error);
                        if (!(outcome instanceof Error)) assert.equal(outcome.data.toString(), text, `seed ${seed}`);
                        else {
                            noticed += 1;
                            const isKnown = tellsDamage(outcome) || /missing|more than/.test(outcome.message);
                            assert.ok(isProblem(outcome) && isKnown, `seed ${seed}, byte ${at} of ${name}: ${outcome}`);
                        }
                    }
                }
                await writeFile(file, right);
            }
            assert.ok(noticed > 10, `seed ${seed}: ${noticed} noticed`);
        }));

    it("is said once, and everything else stays what it is", async () => {
        const missing = Object.assign(new Error("gone"), { code: "ENOENT" });
        await assert.rejects(namingDamage("1", "f", Promise.reject(missing)), missing);
        assert.ok(!tellsDamage(new Problem("internal", "x")));
        assert.equal((await inflateBeginning(deflateSync("abc").subarray(0, 6))).length <= 3, true);
        assert.equal(await inflateExactly(deflateSync("abc").subarray(0, 4), 3), undefined);
        await assert.rejects(inflateExactly(deflateSync("abc"), 2), ObjectDamage);
        assert.equal((await inflateExactly(deflateSync(""), 0))?.length, 0);
    });
});
