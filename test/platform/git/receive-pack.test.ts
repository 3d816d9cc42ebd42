import assert from "node:assert/strict";
import { flushPacket, formatPacket } from "../../../platform/git/pkt-line";
import { noObject } from "../../../platform/git/push-policy";
import { advertiseReceive, receivePush } from "../../../platform/git/receive-pack";
import { author, files, key, withRepository } from "../../support/repository";

const rules = { environments: ["Production"], imageExists: () => true };
const push = (repositories: Parameters<typeof receivePush>[0], maxPackBytes: number, ...body: Buffer[]) =>
    receivePush(repositories, {
        key,
        rules,
        maxPackBytes,
        onAccepted: async () => {},
        body: (async function* () {
            yield* body;
        })(),
    });

describe("receiving a push", () => {
    it("advertises branches and what it can", () =>
        withRepository(async (repositories) => {
            const text = (await advertiseReceive(repositories, key)).toString("latin1");
            assert.match(text, /^001f# service=git-receive-pack\n0000[0-9a-f]{4}[0-9a-f]{40} refs\/heads\/Production\0report-status/);
        }));

    it("an empty one is answered with nothing, a malformed one refused", () =>
        withRepository(async (repositories) => {
            assert.equal((await push(repositories, 1000, flushPacket)).length, 0);
            await assert.rejects(push(repositories, 1000, formatPacket("nonsense"), flushPacket), /the push command list is malformed/);
            const many = Array.from({ length: 1001 }, (_, index) => formatPacket(`${noObject} ${"a".repeat(40)} refs/heads/b${index}`));
            await assert.rejects(push(repositories, 1000, ...many, flushPacket), /at most 1000 branches/);
        }));

    it("a history that is not whole is refused, in small packs and in large ones", () =>
        withRepository(async (repositories) => {
            const elsewhere = { accountId: 1, applicationId: 8 };
            const many = Object.fromEntries(Array.from({ length: 150 }, (_, index) => [`f${index}.txt`, `${index}`]));
            const whole = await repositories.create(elsewhere, "Production", {
                files: files(many) as Map<string, Buffer>,
                author,
                message: "x",
                date: new Date(),
            });
            const blobs = (await repositories.listFiles(elsewhere, "Production")).map(({ oid }) => oid);
            const packOf = async (oids: string[]) =>
                (
                    await repositories.git.run({
                        gitDir: repositories.folder(elsewhere),
                        verb: "pack-objects",
                        flags: ["--stdout", "--quiet"],
                        stdin: `${oids.join("\n")}\n`,
                    })
                ).stdout;
            const send = async (oids: string[]) =>
                (
                    await push(repositories, 100_000, formatPacket(`${noObject} ${whole.commit} refs/heads/x\0report-status`), flushPacket, await packOf(oids))
                ).toString();
            const all = [whole.commit, whole.tree, ...blobs];
            for (const missing of [[whole.commit], [whole.commit, whole.tree], all.slice(0, -1), [whole.tree, ...blobs]])
                assert.match(await send(missing), /ng refs\/heads\/x/, `${missing.length} objects`);
            assert.match(await send(all), /unpack ok\n.*ok refs\/heads\/x/s);
        }));

    it("a pack that is none is said to be so in the report", () =>
        withRepository(async (repositories) => {
            const report = await push(
                repositories,
                1000,
                formatPacket(`${noObject} ${"a".repeat(40)} refs/heads/x\0report-status`),
                flushPacket,
                Buffer.from("not a pack at all"),
            );
            assert.match(report.toString(), /unpack index-pack abnormal exit\n.*ng refs\/heads\/x unpacker error/s);
        }));
});
