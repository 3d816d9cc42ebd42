import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { watchClient } from "../../../platform/http/client-signal";
import { requirePace } from "../../../platform/http/pace";
import { beginRequest } from "../../proof/fairness/git-wire";

/** A server whose requests need a pace; `serve` gets the last one. */
async function withServer(
    serve: Parameters<typeof createServer>[1] & {},
    work: (port: number) => Promise<void>,
): Promise<void> {
    const server = createServer((request, response) => {
        const framework = [{ raw: request, id: "1" }, { raw: response }] as unknown as Parameters<typeof requirePace>;
        requirePace(framework[0], framework[1], { windowSeconds: 0.2, leastBytes: 1000 });
        serve(request, response);
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    try {
        await work((server.address() as AddressInfo).port);
    } finally {
        server.closeAllConnections();
        server.close();
    }
}

const site = (port: number) => ({ account: 1, application: 1, gitUrl: `http://127.0.0.1:${port}/x.git` });
const nobody = { token: "x" } as never;

async function answerOf(port: number, sent: number, pauseMs: number): Promise<string> {
    const socket = await beginRequest(nobody, site(port), "git-upload-pack", Buffer.alloc(1), 100_000);
    const chunks: Buffer[] = [];
    socket.on("data", (chunk: Buffer) => chunks.push(chunk)).resume();
    const sending = setInterval(() => socket.write(Buffer.alloc(sent)), pauseMs);
    await new Promise((resolve) => {
        socket.once("close", resolve);
        setTimeout(resolve, 1_200);
    });
    clearInterval(sending);
    socket.destroy();
    return Buffer.concat(chunks).toString("latin1");
}

describe("the pace of a client", () => {
    it("is asked for while it sends: one that trickles is told so, one that is slow is not", () =>
        withServer(
            (request) => void request.resume(),
            async (port) => {
                assert.match(await answerOf(port, 10, 20), /^HTTP\/1\.1 408 .*fewer than 1000 bytes came in 0\.2 s/s);
                assert.equal(await answerOf(port, 500, 20), "");
            },
        ));

    it("is asked for while it takes the answer, and not while it waits for one", () =>
        withServer(
            (request, response) => {
                request.resume();
                setTimeout(() => response.write(Buffer.alloc(50_000_000)), 600);
            },
            async (port) => {
                const socket = await beginRequest(nobody, site(port), "git-upload-pack", Buffer.alloc(1));
                const begunMs = performance.now();
                const closed = once(socket, "close");
                await new Promise((resolve) => setTimeout(resolve, 1_500)); // it takes nothing
                socket.resume(); // what is on its way comes, then the end
                await closed;
                assert.ok(socket.bytesRead < 50_000_000);
                assert.ok(performance.now() - begunMs > 600);
            },
        ));

    it("a client that leaves is noticed, and one that stays is not", async () => {
        const signals: AbortSignal[] = [];
        const server = createServer((_request, response) => {
            signals.push(watchClient({ raw: response } as never));
            if (signals.length === 2) response.end();
        });
        server.listen(0, "127.0.0.1");
        await once(server, "listening");
        const { port } = server.address() as AddressInfo;
        const leaving = httpRequest({ port }).on("error", () => {});
        leaving.end();
        await once(server, "request");
        leaving.destroy();
        const staying = httpRequest({ port }).end();
        const [answer] = await once(staying, "response");
        answer.resume();
        await once(answer, "end");
        await new Promise((resolve) => setTimeout(resolve, 50));
        server.close();
        assert.deepEqual(
            signals.map(({ aborted }) => aborted),
            [true, false],
        );
    });
});
