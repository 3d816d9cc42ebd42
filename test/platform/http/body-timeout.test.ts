import assert from "node:assert/strict";
import { type ListeningServer, startListening } from "../../support/listening-server";
import { checkRefusal, converse, trickle } from "../../support/slow-client";

describe("a client with a body", function () {
    this.timeout(60_000);
    let running: ListeningServer;

    before(async () => {
        running = await startListening({ bodyTimeoutSeconds: 1 });
    });
    after(() => running.close());

    it("that sends its body too slowly is ended, and its place is free again", async () => {
        const head = `POST /api/v1/user HTTP/1.1\r\nHost: x\r\nsection-token: ${running.api.token}\r\nContent-Length: 1000\r\n\r\n`;
        const slow = Array.from({ length: 20 }, () =>
            converse(running.url, async (socket) => {
                socket.write(head);
                await trickle(socket, "x".repeat(1000));
            }),
        );
        for (const { text, ms } of await Promise.all(slow)) {
            checkRefusal(text, 408, /the body did not arrive in time/);
            assert.ok(ms < 20_000, `it took ${ms} ms`);
        }
        await running.api.call("GET", "/user");
        const metrics = await (await fetch(`${running.url}/metrics`)).text();
        assert.match(metrics, /section_http_requests_active 1\n/, "this one alone");
    });

    it("that goes on sending after its answer is ended too", async () => {
        const { text, ms } = await converse(running.url, async (socket) => {
            socket.write("POST /api/v1/user HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n");
            await trickle(socket, "x".repeat(1000));
        });
        assert.match(text, /^HTTP\/1\.1 401 /);
        assert.ok(ms < 20_000, `it took ${ms} ms`);
    });

    it("that came by no connection is left alone", async () => {
        const { statusCode } = await running.server.inject({ method: "POST", url: "/api/v1/user", payload: "{}" });
        assert.equal(statusCode, 401);
        await new Promise((resolve) => setTimeout(resolve, 1_500));
    });
});
