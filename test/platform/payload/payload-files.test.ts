import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { PayloadFiles } from "../../../platform/payload/payload-files";
import { applicationArchive, makeArchive } from "../../support/archive";
import { withFolder } from "../../support/platform";

const id = "11111111-2222-3333-4444-555555555555";

describe("the files of uploads", () => {
    it("are what arrived, byte by byte, where their account finds them", () =>
        withFolder(async (folder) => {
            const files = new PayloadFiles(path.join(folder, "payloads"), 1_000_000);
            const archive = await makeArchive([{ name: "/data", text: randomBytes(200_000).toString("hex") }]);
            const chunks = Array.from({ length: Math.ceil(archive.length / 1000) }, (_, index) =>
                archive.subarray(index * 1000, (index + 1) * 1000),
            );
            const received = await files.receive(Readable.from(chunks));
            assert.deepEqual(
                [received.bytes, received.sha256],
                [archive.length, createHash("sha256").update(archive).digest("hex")],
            );
            assert.equal(await files.has({ accountId: 7, id }), false);
            await files.keep(received, { accountId: 7, id });
            await files.discard(received);
            assert.ok((await readFile(path.join(folder, "payloads", "7", `${id}.tar.gz`))).equals(archive));
            assert.equal(await files.has({ accountId: 7, id }), true);
            assert.equal(await files.has({ accountId: 8, id }), false);
        }));

    it("lie in the folder of their account, whatever id a restored row has", () => {
        const files = new PayloadFiles("/data/payloads", 1);
        for (const odd of ["../8/x", "/etc/passwd", "a/b"])
            assert.throws(() => files.file({ accountId: 7, id: odd }), /is no id of an upload/, odd);
    });

    it("leave nothing when they are refused, too large or cut off", () =>
        withFolder(async (folder) => {
            const files = new PayloadFiles(folder, 20_000);
            const large = await makeArchive([{ name: "x", text: randomBytes(30_000).toString("hex") }]);
            await assert.rejects(files.receive(Readable.from([large])), { code: "body-too-large" });
            await assert.rejects(files.receive(Readable.from([Buffer.from("no archive")])), { code: "invalid-input" });
            await assert.rejects(files.receive(Readable.from([await makeArchive([{ name: "../x", text: "x" }])])), {
                code: "invalid-input",
            });
            const whole = await applicationArchive();
            const cut = async function* () {
                yield whole.subarray(0, 50);
                throw Object.assign(new Error("aborted"), { code: "ECONNRESET" });
            };
            await assert.rejects(files.receive(Readable.from(cut())), { code: "ECONNRESET" });
            await assert.rejects(files.receive(Readable.from([whole.subarray(0, 50)])), { code: "invalid-input" });
            assert.deepEqual(await readdir(folder), []);
        }));

    it("are swept when nobody knows them, not while they may be arriving", () =>
        withFolder(async (folder) => {
            const files = new PayloadFiles(folder, 1000);
            await mkdir(path.join(folder, "7"));
            const names = ["incoming-old", "incoming-new", `7/${id}.tar.gz`, "7/known.tar.gz", "7/new.tar.gz"];
            for (const name of names) await writeFile(path.join(folder, name), "x");
            for (const name of names.filter((each) => !each.includes("new")))
                await utimes(path.join(folder, name), new Date(0), new Date(0));
            const removed = await files.sweep(60_000, async (accountId, ids) => {
                assert.equal(accountId, 7);
                return ids.filter((each) => each === "known");
            });
            assert.equal(removed, 2);
            assert.deepEqual((await readdir(folder, { recursive: true })).sort(), [
                "7",
                "7/known.tar.gz",
                "7/new.tar.gz",
                "incoming-new",
            ]);
            assert.equal(await new PayloadFiles("/nonexistent", 1).sweep(0, async () => []), 0);
        }));
});
