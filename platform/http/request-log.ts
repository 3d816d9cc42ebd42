import type { FastifyReply, FastifyRequest } from "fastify";
import type { Logger } from "pino";
import { isProblem } from "section-model";
import { isOperational } from "./health";
import { LineBudget } from "./line-budget";
import type { Metrics } from "./metrics";

declare module "fastify" {
    interface FastifyRequest {
        /** The user who asks, once known. */
        userId?: number;
        /** Why the request failed. */
        failure?: unknown;
    }
}

interface Begun {
    atMs: number;
    /** Bytes that the connection had sent before. */
    sent: number;
}

/** Of each kind that an attacker can have as many of as they like, a minute. */
const mostWarnings = 60;
const clientClosedStatus = 499;
const id = /^\d{1,10}$/;

/** The ids in the address of a request, and nothing else of it: the text of paths and queries can be a secret. */
function placeOf(request: FastifyRequest): Record<string, number> {
    const { accountId, applicationId } = (request.params ?? {}) as Record<string, string>;
    return {
        ...(accountId !== undefined && id.test(accountId) && { account: Number(accountId) }),
        ...(applicationId !== undefined && id.test(applicationId) && { application: Number(applicationId) }),
    };
}

/** Counts and logs every request: when it begins, and once when it ends, however it ends. */
export class RequestLog {
    readonly #begun = new WeakMap<FastifyRequest, Begun>();
    #active = 0;
    /** Refusals for want of room: a few of them say it. */
    readonly #refusals = new LineBudget(mostWarnings);
    /** Slow requests: further ones are lines like those of all requests. */
    readonly #slow = new LineBudget(mostWarnings);

    constructor(
        private readonly log: Logger,
        private readonly metrics: Metrics,
        private readonly slowRequestMs: number,
    ) {}

    /** Requests that have begun and not ended. */
    get active(): number {
        return this.#active;
    }

    begin(request: FastifyRequest): void {
        this.#active += 1;
        this.#begun.set(request, { atMs: performance.now(), sent: request.raw.socket.bytesWritten });
        this.metrics.active.set(this.#active);
    }

    /** Ends a request; without a reply the client went away before it had its answer. */
    end(request: FastifyRequest, reply?: FastifyReply): void {
        const begun = this.#begun.get(request);
        if (begun === undefined) return;
        this.#begun.delete(request);
        this.#active -= 1;
        this.metrics.active.set(this.#active);
        const status = reply?.statusCode ?? clientClosedStatus;
        const route = request.routeOptions.url ?? "none";
        const ms = Math.round(performance.now() - begun.atMs);
        this.metrics.answered({ method: request.method, route, status, seconds: ms / 1000 });
        const isSlow = ms > this.slowRequestMs;
        this.#logFailure(request, status);
        const unlogged = isSlow ? this.#slow.take() : undefined;
        const level = unlogged !== undefined ? "warn" : isOperational(request) ? "debug" : "info";
        this.log[level](
            {
                transaction: request.id,
                method: request.method,
                route,
                ...placeOf(request),
                user: request.userId,
                address: request.ip,
                status,
                ms,
                bytes: request.raw.socket.bytesWritten - begun.sent,
                ...(isSlow && { slow: true }),
                ...(unlogged && { unlogged }),
            },
            reply === undefined ? "the client went away" : "answered",
        );
    }

    /** Logs a failure that is the platform's fault, with its cause, under the id that the client has. */
    #logFailure({ id: transaction, failure }: FastifyRequest, status: number): void {
        if (failure === undefined || (status >= 400 && status < 500)) return;
        const isExpected = isProblem(failure) && failure.code === "overloaded";
        const unlogged = isExpected ? this.#refusals.take() : 0;
        if (unlogged === undefined) return;
        this.log[isExpected ? "warn" : "error"](
            { transaction, err: failure, ...(unlogged > 0 && { unlogged }) },
            status < 400 ? "an answer broke off" : "a request failed",
        );
    }
}
