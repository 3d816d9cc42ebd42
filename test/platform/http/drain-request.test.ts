import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect } from "node:net";
import { PassThrough } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { hearOut } from "../../../platform/http/drain-request";
import { makeArchive } from "../../support/archive";
import { onEveryPlatform } from "../../support/stores";

describe("hearing a client out", () => {
    it("ends with what it sends, or when it goes away", async () => {
        const isHeard = async (heard: Promise<void>) =>
            Promise.race([heard.then(() => true), sleep(50).then(() => false)]);
        const said = new PassThrough();
        const heard = hearOut(said);
        for (let sent = 0; sent < 100; sent += 1) said.write(Buffer.alloc(10_000));
        assert.equal(await isHeard(heard), false, "there may be more");
        assert.equal(said.readableLength, 0, "it is read");
        said.end();
        await heard;
        assert.ok(await isHeard(hearOut(said)), "again is nothing to wait for");
        const gone = new PassThrough();
        const left = hearOut(gone);
        assert.equal(await isHeard(left), false);
        gone.destroy();
        assert.ok(await isHeard(left));
    });
});

onEveryPlatform("a refusal in the middle of a large body", (platform) => {
    it("is read by a client that first sends everything", async () => {
        const { url, token } = platform();
        const { hostname, port } = new URL(url);
        const length = 40 * 1024 * 1024;
        const answer = await new Promise<string>((resolve, reject) => {
            const socket = connect({ host: hostname, port: Number(port) });
            let text = "";
            socket.once("error", reject).once("end", () => resolve(text));
            const read = () =>
                socket.on("data", (chunk) => {
                    text += chunk;
                });
            socket.write(
                `POST /api/v1/user HTTP/1.1\r\nHost: x\r\nsection-token: ${token}\r\nConnection: close\r\nContent-Length: ${length}\r\n\r\n`,
            );
            const piece = Buffer.alloc(1024 * 1024, " ");
            const send = (left: number) => (left > 0 ? socket.write(piece, () => send(left - piece.length)) : read());
            send(length);
        });
        assert.match(answer, /^HTTP\/1\.1 413 /);
        assert.match(answer, /"message":"the body is larger than this platform accepts/);
    });

    it("of an upload too, and what the client asks next is answered", async () => {
        const { url, token } = platform();
        const { hostname, port } = new URL(url);
        const archive = await makeArchive([
            { name: "../x", text: "x" },
            { name: "y", text: randomBytes(8_000_000).toString("latin1") },
        ]);
        const part = '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n';
        const body = Buffer.concat([Buffer.from(part), archive, Buffer.from("\r\n--x--\r\n")]);
        for (const connection of ["close", "keep-alive"]) {
            const socket = connect({ host: hostname, port: Number(port) });
            const ended = once(socket, "end");
            const head = `Host: x\r\nsection-token: ${token}\r\nConnection: ${connection}\r\nContent-Type: multipart/form-data; boundary=x`;
            socket.write(
                `POST /new/code_upload/v1/upload HTTP/1.1\r\n${head}\r\nContent-Length: ${body.length}\r\n\r\n`,
            );
            for (const half of [body.subarray(0, body.length / 2), body.subarray(body.length / 2)]) {
                await new Promise((resolve) => socket.write(half, resolve));
                await sleep(200); // by now it has been refused
            }
            if (connection === "keep-alive")
                socket.write("GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            let text = "";
            socket.on("data", (chunk) => {
                text += chunk;
            });
            await ended;
            assert.match(text, /^HTTP\/1\.1 400 .*the archive has a path with \.\. in it/s, connection);
            assert.equal(text.includes('{"status":"ok"}'), connection === "keep-alive");
        }
    });
});
