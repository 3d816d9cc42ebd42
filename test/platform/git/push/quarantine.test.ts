import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { Quarantine } from "../../../../platform/git/push/quarantine";
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
});
