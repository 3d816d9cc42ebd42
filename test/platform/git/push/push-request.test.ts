import assert from "node:assert/strict";
import { flushPacket, formatPacket } from "../../../../platform/git/pkt-line";
import { noObject } from "../../../../platform/git/push/push-policy";
import { carriesPack, parsePushCommand, readPushRequest } from "../../../../platform/git/push/push-request";

const oid = "a".repeat(40);
const read = (...chunks: Buffer[]) =>
    readPushRequest(
        (async function* () {
            yield* chunks;
        })(),
    );

describe("the beginning of a push", () => {
    it("reads a command with its capabilities", () => {
        assert.deepEqual(
            parsePushCommand(Buffer.from(`${noObject} ${oid} refs/heads/x\0 report-status side-band-64k\n`)),
            {
                command: { before: noObject, after: oid, ref: "refs/heads/x" },
                capabilities: ["report-status", "side-band-64k"],
            },
        );
        assert.equal(parsePushCommand(Buffer.from("nonsense")), undefined);
        assert.equal(parsePushCommand(Buffer.from(`${noObject} ${oid} refs/heads/${"x".repeat(2000)}`)), undefined);
    });

    it("takes commands, what a shallow clone says, options and the pack apart", async () => {
        const request = await read(
            formatPacket(`shallow ${oid}\n`),
            formatPacket(`${noObject} ${oid} refs/heads/x\0report-status push-options`),
            formatPacket(`${oid} ${noObject} refs/heads/y`),
            flushPacket,
            formatPacket("ci.skip\n"),
            flushPacket,
            Buffer.from("PACK..."),
        );
        assert.deepEqual(
            request.commands.map(({ ref }) => ref),
            ["refs/heads/x", "refs/heads/y"],
        );
        assert.deepEqual(
            [request.options, request.capabilities.has("report-status"), carriesPack(request)],
            [["ci.skip"], true, true],
        );
        assert.equal((await request.reader.peek(4)).toString(), "PACK");
        assert.equal(carriesPack(await read(formatPacket(`${oid} ${noObject} refs/heads/y`), flushPacket)), false);
    });

    it("refuses what is none, and too much of it", async () => {
        await assert.rejects(read(formatPacket("nonsense"), flushPacket), /the push command list is malformed/);
        const many = (count: number) =>
            Array.from({ length: count }, (_, index) => formatPacket(`${noObject} ${oid} refs/heads/b${index}`));
        await assert.rejects(read(...many(1001), flushPacket), /at most 1000 branches/);
        await assert.rejects(read(...many(2001), flushPacket), /at most 1000 branches/);
        assert.equal((await read(...many(1000), flushPacket)).commands.length, 1000);
    });
});
