import assert from "node:assert/strict";
import { PassThrough, Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { inflateBody } from "../../../platform/http/inflate-body";

const mebibyte = 1024 * 1024;

async function readAll(content: Readable): Promise<Buffer> {
    const chunks: Buffer[] = [];
    for await (const chunk of content) chunks.push(chunk);
    return Buffer.concat(chunks);
}

describe("a body that is inflated", () => {
    it("is its content, however slowly it is read", async () => {
        const text = Buffer.from(Array.from({ length: 300_000 }, (_, at) => `line ${at}\n`).join(""));
        const packed = gzipSync(text);
        const pieces = Array.from({ length: Math.ceil(packed.length / 1000) }, (_, at) =>
            packed.subarray(at * 1000, at * 1000 + 1000),
        );
        const content = inflateBody(Readable.from(pieces, { objectMode: false }), 10 * mebibyte);
        await sleep(20);
        assert.ok((await readAll(content)).equals(text));
    });

    it("ends at its limit; the rest is read as it came, and costs nothing", async () => {
        const bomb = gzipSync(Buffer.alloc(64 * mebibyte));
        const body = new PassThrough();
        const content = inflateBody(body, 2 * mebibyte);
        let inflated = 0;
        content.on("data", (chunk: Buffer) => {
            inflated += chunk.length;
        });
        const begun = process.cpuUsage();
        for (let count = 0; count < 200; count += 1) {
            if (!body.write(bomb)) await new Promise((resolve) => body.once("drain", resolve));
        }
        assert.equal(content.readableEnded, false, "the client has more to say");
        body.end();
        await new Promise((resolve) => content.once("end", resolve));
        const { user } = process.cpuUsage(begun);
        assert.ok(inflated >= 2 * mebibyte && inflated < 3 * mebibyte, `${inflated} bytes of ${200 * 64} MiB`);
        assert.ok(user < 1_000_000, `${user} microseconds of the processor`);
    });

    it("is inflated no further once nobody reads, and the rest can be heard out", async () => {
        const body = new PassThrough();
        const content = inflateBody(body, 1024 * mebibyte);
        body.write(gzipSync(Buffer.alloc(mebibyte)));
        content.once("data", () => content.destroy());
        await new Promise((resolve) => content.once("close", resolve));
        assert.equal(body.destroyed, false);
        body.unpipe().resume();
        body.end(Buffer.alloc(mebibyte));
        await new Promise((resolve) => body.once("end", resolve));
    });

    it("that is no gzip, or breaks off, is an error", async () => {
        await assert.rejects(readAll(inflateBody(Readable.from([Buffer.from("no gzip")]), mebibyte)), /header check/);
        const half = gzipSync(Buffer.alloc(10_000)).subarray(0, 20);
        await assert.rejects(readAll(inflateBody(Readable.from([half]), mebibyte)), /unexpected end of file/);
        const body = new PassThrough();
        const reading = readAll(inflateBody(body, mebibyte));
        body.write(half);
        body.destroy();
        await assert.rejects(reading, /Premature close/);
    });
});
