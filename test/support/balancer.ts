import { createServer, request as forward, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Balancer {
    url: string;
    /** Told of every request before it is passed on. */
    onRequest: (request: IncomingMessage) => void;
    close(): Promise<void>;
}

/** The headers of a message without those of its connection. */
function ownHeaders({ headers }: IncomingMessage): IncomingMessage["headers"] {
    const { connection: _connection, "keep-alive": _keepAlive, ...own } = headers;
    return own;
}

/**
 * Passes requests to backends in turn, each by a connection of its own, as many proxies do. One that refuses the
 * connection is skipped; a request that it has begun to serve is not repeated.
 */
export async function startBalancer(ports: () => readonly number[]): Promise<Balancer> {
    let turn = 0;
    const pass = (incoming: IncomingMessage, outgoing: ServerResponse, left: readonly number[]) => {
        const [port, ...others] = left;
        if (port === undefined) return outgoing.writeHead(502).end();
        const onward = forward(
            {
                host: "127.0.0.1",
                port,
                method: incoming.method,
                path: incoming.url,
                headers: ownHeaders(incoming),
                agent: false,
            },
            (answer) => {
                outgoing.writeHead(answer.statusCode ?? 502, ownHeaders(answer));
                answer.once("error", () => incoming.socket.destroy());
                answer.pipe(outgoing);
            },
        );
        onward.once("socket", (socket) => socket.once("connect", () => incoming.pipe(onward)));
        onward.once("error", (error: NodeJS.ErrnoException) =>
            error.code === "ECONNREFUSED" ? pass(incoming, outgoing, others) : incoming.socket.destroy(),
        );
    };
    const balancer: Balancer = { url: "", onRequest: () => {}, close: async () => {} };
    const server = createServer((incoming, outgoing) => {
        balancer.onRequest(incoming);
        const all = ports();
        turn = (turn + 1) % all.length;
        pass(incoming, outgoing, [...all.slice(turn), ...all.slice(0, turn)]);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    balancer.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    balancer.close = () =>
        new Promise((resolve) => {
            server.close(() => resolve());
            server.closeAllConnections();
        });
    return balancer;
}
