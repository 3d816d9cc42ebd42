import type { FastifyRequest } from "fastify";
import { Problem } from "section-model";
import { refuseConnection } from "./client-error";

function whenLate({ raw }: FastifyRequest, timeoutMs: number, act: () => void): void {
    if (raw.complete !== false) return; // all is here, or the request came by no connection
    const timer = setTimeout(act, timeoutMs);
    timer.unref();
    const clear = () => clearTimeout(timer);
    raw.once("end", clear);
    raw.once("close", clear);
}

/**
 * Refuses a body that takes too long to arrive: a client that sends a byte a minute would keep one of the places for
 * requests for as long as it likes.
 */
export function limitBodyTime(request: FastifyRequest, timeoutMs: number): void {
    whenLate(request, timeoutMs, () =>
        refuseConnection(request.raw.socket, new Problem("too-slow", "the body did not arrive in time"), request.id),
    );
}

/**
 * Reads on from a client that has its answer and goes on sending: some do so before they read it, and their next
 * request waits behind the rest. When it takes too long, the connection ends.
 */
export function limitLeftover(request: FastifyRequest, timeoutMs: number): void {
    if (request.raw.complete === false) request.raw.unpipe().resume(); // a reader that stopped reads no more
    whenLate(request, timeoutMs, () => request.raw.socket.destroy());
}
