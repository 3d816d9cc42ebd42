import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { flushPacket, formatPacket } from "../../../platform/git/pkt-line";
import { advertiseUpload, startUpload } from "../../../platform/git/upload-pack";
import { key, withRepository } from "../../support/repository";

async function collect(stream: Readable): Promise<string> {
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    return Buffer.concat(chunks).toString("latin1");
}

describe("serving a fetch", () => {
    it("advertises references in version 0 and capabilities in version 2, and ignores nonsense", () =>
        withRepository(async (repositories) => {
            const words = async (protocol?: string) =>
                (await advertiseUpload(repositories, { key, protocol })).toString("latin1");
            assert.match(await words(), /^001e# service=git-upload-pack\n0000.*refs\/heads\/Production/s);
            assert.match(await words("version=2"), /version 2\n/);
            assert.match(
                await words("version=2:--upload-pack=evil"),
                /version 2\n/,
                "a list of words, of which one is known",
            );
            assert.match(await words("--upload-pack=evil"), /refs\/heads\/Production/);
        }));

    it("sends a pack for what is wanted", () =>
        withRepository(async (repositories) => {
            const head = await repositories.head(key, "Production");
            const body = Readable.from([
                formatPacket(`want ${head?.commit} ofs-delta\n`),
                flushPacket,
                formatPacket("done\n"),
            ]);
            assert.match(await collect(await startUpload(repositories, { key }, body)), /^0008NAK\nPACK/);
        }));

    it("what is no request is said to be so, and its place is free again", () =>
        withRepository(async (repositories) => {
            for (let times = 0; times < 12; times += 1)
                await assert.rejects(startUpload(repositories, { key }, Readable.from([Buffer.from("garbage")])), {
                    code: "invalid-input",
                });
            assert.equal(
                await collect(await startUpload(repositories, { key }, Readable.from([flushPacket]))),
                "",
                "wanting nothing is fine",
            );
            assert.ok(
                await repositories.git.run({ gitDir: repositories.folder(key), verb: "rev-parse", flags: ["HEAD"] }),
            );
        }));

    it("a request without end is refused", () =>
        withRepository(async (repositories) => {
            const { commit } = (await repositories.head(key, "Production")) as { commit: string };
            const endless = async function* () {
                yield formatPacket(`want ${commit} ofs-delta\n`);
                yield flushPacket;
                for (let count = 0; count < 300; count += 1)
                    yield Buffer.concat(Array.from({ length: 1000 }, () => formatPacket(`have ${"a".repeat(40)}\n`)));
            };
            const receive = startUpload(repositories, { key }, Readable.from(endless())).then(collect);
            await assert.rejects(receive, /a fetch says at most/);
        }));
});
