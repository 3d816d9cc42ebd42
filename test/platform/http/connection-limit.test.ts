import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { connect as connectTls } from "node:tls";
import Fastify from "fastify";
import { ConnectionLimit, type ConnectionLimits } from "../../../platform/http/connection-limit";
import { problemOf, problemToWire } from "../../../platform/http/problem-to-wire";
import { issueCertificate } from "../../support/certificates";

const [plain, trickling] = ["GET / HTTP/1.1\r\nHost: x\r\n\r\n", "GET / HTTP/1.1\r\nX: "];

interface World {
    port: number;
    /** A connection from an address of this machine; `closed` says that the server ended it. */
    open(address?: string): Promise<Client>;
    lines: { address: string; unlogged?: number }[];
    /** Lets the answers of `/held` go out. */
    release(): void;
}

interface Client {
    socket: Socket;
    text: string;
    closed: boolean;
    /** Sends, and waits for an answer. */
    ask(request?: string): Promise<string>;
}

function watch(socket: Socket): Client {
    const client: Client = {
        socket,
        text: "",
        closed: false,
        ask: async (request = plain) => {
            client.text = "";
            socket.write(request);
            while (!client.text.includes("\r\n\r\n") && !client.closed) await sleep(2);
            return client.text;
        },
    };
    socket.on("data", (data) => {
        client.text += data;
    });
    socket.on("error", () => {});
    socket.once("close", () => {
        client.closed = true;
    });
    return client;
}

async function withLimit(
    limits: Partial<ConnectionLimits>,
    work: (world: World) => Promise<void>,
    tls?: { cert: string; key: string },
): Promise<void> {
    const server = Fastify({ forceCloseConnections: true, ...(tls && { https: tls as never }) });
    const lines: World["lines"] = [];
    const log = { warn: (line: World["lines"][number]) => void lines.push(line) } as unknown as ConnectionLimits["log"];
    const limit = new ConnectionLimit({ most: 100, mostWaiting: 0, isTrusted: () => false, log, ...limits });
    limit.watch(server.server);
    server.addHook("onRequest", async (request, reply) => limit.refuse(request, reply));
    server.setErrorHandler((error, _request, reply) => {
        const { status, headers, body } = problemToWire(problemOf(error), true);
        return reply.code(status).headers(headers).send(body);
    });
    server.get("/", async () => "welcome");
    const held: (() => void)[] = [];
    server.get("/held", () => new Promise((resolve) => held.push(() => resolve("at last"))));
    await server.listen({ host: "127.0.0.1", port: 0 });
    const { port } = server.server.address() as AddressInfo;
    const clients: Client[] = [];
    try {
        await work({
            port,
            lines,
            open: async (localAddress = "127.0.0.1") => {
                const socket = connect({ port, host: "127.0.0.1", localAddress });
                await once(socket, "connect");
                clients.push(watch(socket));
                await sleep(10); // the server has heard of it
                return clients.at(-1) as Client;
            },
            release: () => held.splice(0).forEach((answer) => void answer()),
        });
    } finally {
        for (const { socket } of clients) socket.destroy();
        await server.close();
    }
}

describe("a limit of connections", () => {
    it("answers one above it with words while all have requests, and closes it; one that leaves makes room", () =>
        withLimit({ most: 2 }, async ({ open, release }) => {
            const [one, two] = [await open(), await open()];
            const answers = [one, two].map((client) => client.ask("GET /held HTTP/1.1\r\nHost: x\r\n\r\n"));
            await sleep(20);
            const three = await open();
            assert.match(
                await three.ask(),
                /^HTTP\/1\.1 503 .*connection: close\r\nretry-after: 5\r\n.*too many connections/is,
            );
            await sleep(20);
            assert.ok(three.closed);
            release();
            for (const answer of await Promise.all(answers)) assert.match(answer, /^HTTP\/1\.1 200 /);
            two.socket.destroy();
            await sleep(20);
            assert.match(await (await open()).ask(), /^HTTP\/1\.1 200 /);
            assert.match(await one.ask(), /^HTTP\/1\.1 200 /);
        }));

    it("closes one without a request for the next client, and says so in a few lines", () =>
        withLimit({ most: 2 }, async ({ open, lines }) => {
            const silent = await open();
            for (let count = 0; count < 30; count += 1) assert.match(await (await open()).ask(), /^HTTP\/1\.1 200 /);
            assert.ok(silent.closed);
            assert.equal(lines.length, 10);
            assert.equal(lines[0]?.address, "127.0.0.1");
        }));

    it("waits for so many of one address, closes the one that is longest without a request, and tells it why", () =>
        withLimit({ mostWaiting: 3 }, async ({ open }) => {
            const [elsewhere, silent, slow, third] = [
                await open("127.0.0.2"),
                await open(),
                await open(),
                await open(),
            ];
            slow.socket.write(trickling);
            await sleep(20);
            assert.ok(!silent.closed);
            const fourth = await open();
            assert.deepEqual([silent.closed, silent.text, slow.closed], [true, "", false]);
            const fifth = await open();
            await sleep(20);
            assert.ok(slow.closed);
            assert.match(
                slow.text,
                /^HTTP\/1\.1 503 Service Unavailable\r\n.*retry-after: 5\r\n.*more than 3 connections of this address send no request/is,
            );
            for (const { closed } of [elsewhere, third, fourth, fifth]) assert.ok(!closed);
            assert.match(await fifth.ask(), /^HTTP\/1\.1 200 /);
        }));

    it("counts none that has a request under way, and leaves clients of the smaller kind alone", () =>
        withLimit({ mostWaiting: 3 }, async ({ open, release }) => {
            const busy = [await open(), await open(), await open()];
            const answers = busy.map((client) => client.ask("GET /held HTTP/1.1\r\nHost: x\r\n\r\n"));
            const kept = await open();
            assert.match(await kept.ask(), /^HTTP\/1\.1 200 /);
            const crowd = [await open(), await open(), await open(), await open(), await open()];
            assert.deepEqual(
                crowd.map(({ closed }) => closed),
                [true, true, true, false, false],
            );
            assert.match(await kept.ask(), /^HTTP\/1\.1 200 /, "it has waited longest, and is no part of the crowd");
            release();
            for (const answer of await Promise.all(answers)) assert.match(answer, /^HTTP\/1\.1 200 /);
        }));

    it("leaves the connections of a proxy to the proxy", () =>
        withLimit({ mostWaiting: 1, isTrusted: (address) => address === "127.0.0.3" }, async ({ open }) => {
            const ofProxy = [await open("127.0.0.3"), await open("127.0.0.3"), await open("127.0.0.3")];
            const [first] = [await open(), await open()];
            assert.deepEqual(
                [...ofProxy, first].map(({ closed }) => closed),
                [false, false, false, true],
            );
        }));

    it("counts a connection with TLS once, whether its handshake is done or never begins", async () => {
        const { certificate: cert, key } = await issueCertificate({ names: ["localhost"] });
        await withLimit(
            { mostWaiting: 2, most: 3 },
            async ({ open, port }) => {
                const openTls = async () => {
                    const socket = connectTls({ port, host: "127.0.0.1", rejectUnauthorized: false });
                    await once(socket, "secureConnect");
                    return watch(socket);
                };
                const silent = await open();
                const kept = await openTls();
                assert.match(await kept.ask(), /^HTTP\/1\.1 200 /);
                assert.ok(!silent.closed);
                for (let count = 0; count < 10; count += 1) {
                    const next = await openTls();
                    assert.match(await next.ask(), /^HTTP\/1\.1 200 /);
                    next.socket.destroy();
                    await sleep(20);
                }
                assert.match(await kept.ask(), /^HTTP\/1\.1 200 /, "all that left are forgotten");
                const more = [await openTls(), await openTls()];
                await sleep(20);
                assert.ok(silent.closed);
                for (const { socket } of [kept, ...more]) socket.destroy();
            },
            { cert, key },
        );
    });
});
