import assert from "node:assert/strict";
import { connect } from "node:net";
import { PassThrough } from "node:stream";
import { hearOut } from "../../../platform/http/hear-out";
import { onEveryPlatform } from "../../support/stores";

describe("hearing a client out", () => {
    it("ends with what it sends, or when it goes away", async () => {
        const said = new PassThrough();
        const heard = hearOut(said);
        for (let sent = 0; sent < 100; sent += 1) said.write(Buffer.alloc(10_000));
        said.end();
        await heard;
        await hearOut(said);
        const gone = new PassThrough();
        setImmediate(() => gone.destroy());
        await hearOut(gone);
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
            socket.write(`POST /api/v1/user HTTP/1.1\r\nHost: x\r\nsection-token: ${token}\r\nConnection: close\r\nContent-Length: ${length}\r\n\r\n`);
            const piece = Buffer.alloc(1024 * 1024, " ");
            const send = (left: number) => (left > 0 ? socket.write(piece, () => send(left - piece.length)) : read());
            send(length);
        });
        assert.match(answer, /^HTTP\/1\.1 413 /);
        assert.match(answer, /"message":"the body is larger than this platform accepts/);
    });
});
