import assert from "node:assert/strict";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { connect, type Socket } from "node:net";
import Fastify from "fastify";
import { ConnectionLimit } from "../../../platform/http/connection-limit";
import { problemOf, problemToWire } from "../../../platform/http/problem-to-wire";

describe("a limit of connections", () => {
    it("answers one above it with words and closes it; one that leaves makes room", async () => {
        const server = Fastify();
        const limit = new ConnectionLimit(2);
        limit.watch(server.server);
        server.addHook("onRequest", async (request, reply) => limit.refuse(request, reply));
        server.setErrorHandler((error, _request, reply) => {
            const { status, headers, body } = problemToWire(problemOf(error), true);
            return reply.code(status).headers(headers).send(body);
        });
        server.get("/", async () => "welcome");
        await server.listen({ host: "127.0.0.1", port: 0 });
        const { port } = server.server.address() as AddressInfo;
        const open = async (): Promise<Socket> => {
            const socket = connect(port, "127.0.0.1");
            await once(socket, "connect");
            return socket;
        };
        const ask = async (socket: Socket): Promise<string> => {
            socket.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            const [words] = await once(socket, "data");
            return String(words);
        };
        const [one, two] = [await open(), await open()];
        assert.match(await ask(one), /^HTTP\/1\.1 200 /);
        const three = await open();
        const refusal = await ask(three);
        assert.match(refusal, /^HTTP\/1\.1 503 .*connection: close\r\nretry-after: 5\r\n.*too many connections/is);
        await once(three, "close");
        const silent = await open();
        await once(silent, "close"); // it has said nothing for a second
        two.destroy();
        await once(two, "close");
        await new Promise((resolve) => setTimeout(resolve, 50));
        assert.match(await ask(await open()), /^HTTP\/1\.1 200 /);
        one.destroy();
        await server.close();
    });
});
