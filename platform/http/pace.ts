import type { FastifyReply, FastifyRequest } from "fastify";
import { Problem } from "section-model";
import { refuseConnection } from "./client-error";

/** The least that a client of a long request sends or takes. */
export interface Pace {
    /** 0: any pace will do. */
    windowSeconds: number;
    /** In every window in which the client is waited for. */
    leastBytes: number;
}

interface Look {
    received: number;
    taken: number;
    /** Data that waits for the client to take it. */
    pending: number;
}

function lookAt({ raw }: FastifyRequest, reply: FastifyReply): Look {
    const { socket } = raw;
    const buffered = socket.writableLength;
    return {
        received: socket.bytesRead,
        taken: socket.bytesWritten - buffered,
        pending: buffered + reply.raw.writableLength,
    };
}

/**
 * Ends a request whose client trickles: what it holds is for others. Time in which the platform works, or is the slower
 * one, does not count.
 */
export function requirePace(request: FastifyRequest, reply: FastifyReply, { windowSeconds, leastBytes }: Pace): void {
    if (windowSeconds === 0) return;
    const { raw } = request;
    let before = lookAt(request, reply);
    const timer = setInterval(() => {
        const now = lookAt(request, reply);
        const { received, taken, pending } = before;
        before = now;
        const isSending = !raw.complete && raw.readableLength === 0;
        if (isSending && now.received - received < leastBytes) {
            const problem = new Problem("too-slow", `fewer than ${leastBytes} bytes came in ${windowSeconds} s`);
            refuseConnection(raw.socket, problem, request.id);
        } else if (pending > 0 && now.pending > 0 && now.taken - taken < leastBytes) raw.socket.destroy();
    }, windowSeconds * 1000);
    timer.unref();
    reply.raw.once("close", () => clearInterval(timer));
}
