import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { type ListeningServer, startListening } from "../../support/listening-server";
import { checkRefusal, converse, trickle } from "../../support/slow-client";

describe("a connection without a request", function () {
    this.timeout(60_000);
    let running: ListeningServer;

    before(async () => {
        running = await startListening({ headTimeoutSeconds: 1 });
    });
    after(() => running.close());

    it("of nonsense is answered like any other bad request", async () => {
        const { text } = await converse(running.url, (socket) => void socket.write("NONSENSE\r\n\r\n"));
        checkRefusal(text, 400, /^the request is not HTTP\. /);
    });

    it("of too many headers is told so", async () => {
        const { text } = await converse(
            running.url,
            (socket) => void socket.write(`GET / HTTP/1.1\r\nHost: x\r\nx: ${"y".repeat(100_000)}\r\n\r\n`),
        );
        checkRefusal(text, 431, /the head of the request is larger/);
    });

    it("of an expectation that nobody knows is answered as if there were none", async () => {
        const { text } = await converse(running.url, (socket) => {
            socket.write("GET /api/v1/user HTTP/1.1\r\nHost: x\r\nExpect: wonders\r\nConnection: close\r\n\r\n");
        });
        assert.match(text, /^HTTP\/1\.1 401 /);
        assert.match(text, /\r\nAperture-Tx-Id: \d{12}\.\d{6}\r\n/i);
    });

    it("that sends its head too slowly is ended, and 200 of them keep nobody from being answered", async () => {
        const slow = Array.from({ length: 200 }, () =>
            converse(running.url, (socket) => trickle(socket, `GET /healthz HTTP/1.1\r\nHost: ${"x".repeat(1000)}`)),
        );
        await sleep(500);
        assert.equal((await running.api.call("GET", "/user")).status, 200);
        for (const { text, ms } of await Promise.all(slow)) {
            checkRefusal(text, 408, /did not arrive in time/);
            assert.ok(ms < 20_000, `it took ${ms} ms`);
        }
    });
});
