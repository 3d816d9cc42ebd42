import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { flushPacket, formatPacket } from "../../../../platform/git/pkt-line";
import { advertiseReceive, receivePush } from "../../../../platform/git/push/push";
import { noObject } from "../../../../platform/git/push/push-policy";
import { readPushRequest } from "../../../../platform/git/push/push-request";
import type { Repositories } from "../../../../platform/git/repositories";
import { author, files, key, withRepository } from "../../../support/repository";

const rules = { environments: ["Production"], imageExists: () => true };

async function* bytes(...chunks: Buffer[]): AsyncGenerator<Buffer> {
    yield* chunks;
}

async function push(repositories: Repositories, maxPackBytes: number, ...body: Buffer[]): Promise<Buffer> {
    const answer = await receivePush(repositories, {
        key,
        rules,
        sizes: { maxPackBytes, maxUnpackedBytes: 1e9 },
        onAccepted: async () => {},
        onFailed: (error) => {
            throw error;
        },
        request: await readPushRequest(bytes(...body)),
    });
    const chunks: Buffer[] = [];
    for await (const chunk of answer) chunks.push(chunk);
    return Buffer.concat(chunks);
}

const debris = async (repositories: Repositories) =>
    (await readdir(path.join(repositories.folder(key), "objects"))).filter((name) => name.startsWith("incoming-"));

describe("receiving a push", () => {
    it("advertises branches and what it can", () =>
        withRepository(async (repositories) => {
            const text = (await advertiseReceive(repositories, key)).toString("latin1");
            assert.match(
                text,
                /^001f# service=git-receive-pack\n0000[0-9a-f]{4}[0-9a-f]{40} refs\/heads\/Production\0report-status/,
            );
        }));

    it("an empty one is answered with nothing", () =>
        withRepository(async (repositories) => {
            assert.equal((await push(repositories, 1000, flushPacket)).length, 0);
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
                    await push(
                        repositories,
                        100_000,
                        formatPacket(`${noObject} ${whole.commit} refs/heads/x\0report-status`),
                        flushPacket,
                        await packOf(oids),
                    )
                ).toString();
            const all = [whole.commit, whole.tree, ...blobs];
            for (const missing of [
                [whole.commit],
                [whole.commit, whole.tree],
                all.slice(0, -1),
                [whole.tree, ...blobs],
            ])
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

    it("together means all or none, else each for itself", () =>
        withRepository(async (repositories) => {
            const { commit } = (await repositories.head(key, "Production")) as { commit: string };
            const make = (name: string, before = noObject) => `${before} ${commit} refs/heads/${name}`;
            const send = async (capabilities: string, ...lines: string[]) => {
                const [first, ...others] = lines.map((line, index) =>
                    formatPacket(index === 0 ? `${line}\0report-status ${capabilities}` : line),
                );
                return (await push(repositories, 1000, first as Buffer, ...others, flushPacket)).toString();
            };
            const wrong = make("c", "1".repeat(40));
            assert.match(
                await send("atomic", make("a"), wrong, make("b")),
                /ng refs\/heads\/a fetch first.*ng refs\/heads\/c fetch first.*ng refs\/heads\/b/s,
            );
            assert.deepEqual([...(await repositories.heads(key)).keys()], ["Production"]);
            assert.match(
                await send("", make("a"), wrong, make("b")),
                /ok refs\/heads\/a.*ng refs\/heads\/c fetch first.*ok refs\/heads\/b/s,
            );
            assert.match(await send("", make("a/nested")), /ng refs\/heads\/a\/nested failed to update ref/);
            assert.deepEqual([...(await repositories.heads(key)).keys()], ["Production", "a", "b"]);
        }));

    it("a push that is cut off ends git and leaves nothing", () =>
        withRepository(async (repositories) => {
            const cut = async function* () {
                yield formatPacket(`${noObject} ${"a".repeat(40)} refs/heads/x\0report-status`);
                yield flushPacket;
                yield Buffer.concat([
                    Buffer.from("PACK"),
                    Buffer.from([0, 0, 0, 2, 0, 0, 4, 0]),
                    Buffer.alloc(2000, 1),
                ]);
                throw Object.assign(new Error("aborted"), { code: "ECONNRESET" });
            };
            for (let times = 0; times < 12; times += 1) {
                const request = await readPushRequest(cut());
                const receiving = receivePush(repositories, {
                    key,
                    rules,
                    sizes: { maxPackBytes: 1e6, maxUnpackedBytes: 1e6 },
                    onAccepted: async () => {},
                    onFailed: () => {},
                    request,
                });
                await assert.rejects(receiving, /aborted/);
            }
            assert.deepEqual(await debris(repositories), []);
            // this ends only where all places are free again
            await repositories.git.run({ gitDir: repositories.folder(key), verb: "rev-parse", flags: ["HEAD"] });
        }));

    it("is alive while a push is judged", () =>
        withRepository(async (repositories) => {
            const { commit } = (await repositories.head(key, "Production")) as { commit: string };
            const request = await readPushRequest(
                bytes(formatPacket(`${noObject} ${commit} refs/heads/x\0report-status side-band-64k`), flushPacket),
            );
            const slow = new Promise<void>((resolve) => setTimeout(resolve, 250));
            const answer = await receivePush(repositories, {
                key,
                rules,
                sizes: { maxPackBytes: 1000, maxUnpackedBytes: 1000 },
                onAccepted: () => slow,
                onFailed: () => {},
                request,
                keepAliveMs: 100,
            });
            const chunks: string[] = [];
            for await (const chunk of answer) chunks.push(chunk.toString("latin1"));
            assert.equal(chunks[0], "0005\x01");
            assert.match(chunks.at(-1) as string, /ok refs\/heads\/x/);
        }));
});
