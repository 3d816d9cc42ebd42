import type { FastifyReply, FastifyRequest } from "fastify";
import { Problem } from "section-model";
import { refuseConnection } from "./client-error";
import { type Pace, requirePace } from "./pace";

declare module "fastify" {
    interface FastifyInstance {
        /** The least that clients of all requests but git's send and take. Missing: any pace will do. */
        bodyPace?: Pace;
    }
}

function whenLate({ raw }: FastifyRequest, timeoutMs: number, act: () => void): void {
    if (raw.complete !== false) return; // all is here, or the request came by no connection
    const timer = setTimeout(act, timeoutMs);
    timer.unref();
    const clear = () => clearTimeout(timer);
    raw.once("end", clear);
    raw.once("close", clear);
}

/** Ends a request whose client trickles: it would keep one of the places for requests for as long as it likes. */
export function expectPace(request: FastifyRequest, reply: FastifyReply): void {
    const { bodyPace } = request.server;
    if (bodyPace !== undefined) requirePace(request, reply, bodyPace);
}

/** The same for a body, which is also refused when it takes too long to arrive. */
export function limitBodyTime(request: FastifyRequest, reply: FastifyReply, timeoutMs: number): void {
    expectPace(request, reply);
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
