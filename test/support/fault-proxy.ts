import { createServer, request as forward, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * The fate of one request: passed on, carried out with its reply lost, never delivered, passed on late, or turned away
 * for a while. `hold`: it is not delivered, and its sender waits.
 */
export type Fate = "pass" | "lose-reply" | "refuse" | "hold" | { lateByMs: number } | { comeBackAfterSeconds: number };

export interface Seen {
    method: string;
    path: string;
}

export interface FaultProxy {
    url: string;
    /** Every request so far. */
    seen: Seen[];
    /** Decides about every request that follows. */
    decide(fate: (request: Seen) => Fate): void;
    /** Resolves when the platform has answered everything that was passed on. */
    settle(): Promise<void>;
    close(): Promise<void>;
}

/**
 * Stands between provider and platform and loses the requests that a test chooses.
 *
 * @param target a function where the platform starts later, so that it can tell its clients to clone through the proxy
 */
export async function startFaultProxy(target: string | (() => string)): Promise<FaultProxy> {
    const seen: Seen[] = [];
    let fate: (request: Seen) => Fate = () => "pass";
    const passing = new Set<Promise<unknown>>();
    const server = createServer((incoming, outgoing) => {
        const one = { method: incoming.method ?? "GET", path: incoming.url ?? "/" };
        seen.push(one);
        const decided = fate(one);
        if (decided === "refuse") {
            incoming.socket.destroy();
            return;
        }
        if (decided === "hold") return;
        if (typeof decided === "object" && "comeBackAfterSeconds" in decided) {
            outgoing.writeHead(429, {
                "retry-after": String(decided.comeBackAfterSeconds),
                "content-type": "application/json",
            });
            outgoing.end('{"message":"Too many requests"}');
            return;
        }
        const lateByMs = typeof decided === "object" ? decided.lateByMs : 0;
        const passOn = () => {
            const { hostname, port } = new URL(typeof target === "string" ? target : target());
            const onward = forward(
                {
                    hostname,
                    port,
                    method: incoming.method,
                    path: incoming.url,
                    headers: { ...incoming.headers, host: `${hostname}:${port}` },
                },
                (answer: IncomingMessage) => {
                    if (decided === "lose-reply") {
                        // the platform has done its work and replied; the reply is lost
                        answer.resume().once("end", () => incoming.socket.destroy());
                        return;
                    }
                    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
                    answer.pipe(outgoing);
                },
            );
            const answered = new Promise((resolve) => onward.once("close", resolve));
            passing.add(answered);
            void answered.then(() => passing.delete(answered));
            onward.once("error", () => incoming.socket.destroy());
            incoming.once("close", () => incoming.complete || onward.destroy());
            incoming.pipe(onward);
        };
        if (lateByMs > 0) setTimeout(passOn, lateByMs);
        else passOn();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return {
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        seen,
        decide: (next) => {
            fate = next;
        },
        settle: async () => {
            while (passing.size > 0) await Promise.all(passing);
        },
        close: () =>
            new Promise((resolve) => {
                server.close(() => resolve());
                server.closeAllConnections();
            }),
    };
}

/** True for requests that change something. */
export const isMutating = ({ method, path }: Seen) => method !== "GET" && !/\/(?:git-upload-pack|validate)$/.test(path);
