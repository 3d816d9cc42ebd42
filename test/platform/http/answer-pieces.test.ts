import assert from "node:assert/strict";
import { connect } from "node:net";
import { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { inPieces } from "../../../platform/http/answer-pieces";
import { startListening } from "../../support/listening-server";
import { author, files } from "../../support/repository";
import { fresh } from "../../support/stores";

describe("an answer in pieces", function () {
    this.timeout(60_000);

    it("is the answer; a small one is left as it is, and a stream", async () => {
        for (const small of ["x", Buffer.alloc(100), undefined, null, Readable.from([])])
            assert.equal(inPieces(small), undefined);
        const text = "é".repeat(100_000);
        const { bytes, stream } = inPieces(text) ?? assert.fail("it is large");
        const chunks: Buffer[] = [];
        for await (const chunk of stream) chunks.push(chunk);
        assert.equal(bytes, 200_000);
        assert.ok(chunks.length >= 3);
        assert.equal(Buffer.concat(chunks).toString("utf8"), text);
    });

    it("has its length before it, and ends for a client that does not take it", async () => {
        const running = await startListening({ bodyPaceSeconds: 1 });
        try {
            const { account, application } = await running.api.makeSite("Acme", `${fresh("pieces")}.acme.example`);
            const key = { accountId: account, applicationId: application };
            const large = files({ "a.txt": "x".repeat(7_000_000) });
            await running.context.repositories.edit(key, "Production", { author, message: "x" }, async () => large);
            const path = `/account/${account}/application/${application}/environment/Production/content?content=all`;
            const answer = await running.api.call("GET", path);
            assert.equal(answer.headers.get("content-length"), String(Buffer.byteLength(answer.text)));
            assert.equal(
                answer.json.files.find((file: { path: string }) => file.path === "a.txt").content.length,
                7_000_000,
            );
            const head = await fetch(`${running.url}/api/v1${path}`, {
                method: "HEAD",
                headers: { "section-token": running.api.token as string },
            });
            assert.deepEqual([head.status, await head.text()], [200, ""]);
            const { hostname, port } = new URL(running.url);
            const socket = connect(Number(port), hostname);
            const ended = new Promise((resolve) => socket.once("error", resolve).once("close", resolve));
            socket
                .pause()
                .write(`GET /api/v1${path} HTTP/1.1\r\nHost: x\r\nsection-token: ${running.api.token}\r\n\r\n`);
            const active = async () =>
                /section_http_requests_active (\d+)/.exec(await (await fetch(`${running.url}/metrics`)).text())?.[1];
            while ((await active()) !== "2") await sleep(20);
            while ((await active()) !== "1") await sleep(100);
            socket.resume();
            await ended;
        } finally {
            await running.close();
        }
    });
});
