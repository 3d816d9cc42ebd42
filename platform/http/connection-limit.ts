import type { Server, Socket } from "node:net";
import type { FastifyReply, FastifyRequest } from "fastify";
import { Problem } from "section-model";

/** Connections above the limit that get an answer before they are closed. */
const heardOut = 16;
/** A client that has something to say has said it by then. */
const patienceMs = 1_000;

/**
 * Keeps clients from taking the files that the platform itself needs: a connection above the limit is answered once, with
 * 503, and closed.
 */
export class ConnectionLimit {
    readonly #surplus = new WeakSet<Socket>();
    #open = 0;

    constructor(private readonly most: number) {}

    watch(server: Server): void {
        server.on("connection", (socket) => {
            this.#open += 1;
            socket.once("close", () => {
                this.#open -= 1;
            });
            if (this.#open <= this.most) return;
            this.#surplus.add(socket);
            if (this.#open > this.most + heardOut) socket.destroy();
            else setTimeout(() => socket.bytesRead === 0 && socket.destroy(), patienceMs).unref();
        });
    }

    /** @throws Problem `overloaded` for a request on a connection above the limit, which its answer closes */
    refuse({ raw }: FastifyRequest, reply: FastifyReply): void {
        if (!this.#surplus.has(raw.socket)) return;
        reply.header("connection", "close");
        throw new Problem("overloaded", "too many connections are open", { retryAfterSeconds: 5 });
    }
}
