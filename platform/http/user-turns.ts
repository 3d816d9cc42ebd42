import type { FastifyRequest } from "fastify";
import { FairGate } from "../fair-gate";

declare module "fastify" {
    interface FastifyInstance {
        /** Missing on a server that was not made by createServer. */
        userTurns?: UserTurns;
    }
}

/** What takes longer waits for something else: the DNS, a lock, a process of git. Others of its user may begin. */
const longestTurnMs = 250;
/** A user is alone when nobody else has asked for so long. */
const aloneAfterMs = 10_000;

interface Asked {
    userId: number;
    atMs: number;
}

/**
 * The turns of users at work. A user who is alone has as many as there are requests. While others ask as well, a few of
 * each user are worked on at the same time. Further ones wait in their order, and those of other users pass them.
 */
export class UserTurns {
    readonly #gate: FairGate | undefined;
    #latest: Asked | undefined;
    /** The latest of somebody else. */
    #before: Asked | undefined;

    /** @param ofUser 0 is no limit */
    constructor(
        ofUser: number,
        private readonly now: () => number = () => performance.now(),
    ) {
        const atOnce = Number.POSITIVE_INFINITY;
        if (ofUser > 0) this.#gate = new FairGate({ what: "requests", atOnce, shares: [ofUser] });
    }

    /** @param signal ends the wait for the turn */
    async take<T>(userId: number, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
        if (this.#gate === undefined || this.#isAlone(userId)) return work();
        const leave = await this.#gate.enter([`user ${userId}`], signal);
        const timer = setTimeout(leave, longestTurnMs);
        try {
            return await work();
        } finally {
            clearTimeout(timer);
            leave();
        }
    }

    #isAlone(userId: number): boolean {
        if (this.#latest?.userId !== userId) this.#before = this.#latest;
        this.#latest = { userId, atMs: this.now() };
        return this.#before === undefined || this.#before.atMs < this.#latest.atMs - aloneAfterMs;
    }
}

/**
 * Does work of a request when it is the turn of its user; at once for a request of nobody. Time in which a client sends
 * or takes something does not belong into it.
 */
export async function inTurn<T>({ userId, clientLeft, server }: FastifyRequest, work: () => Promise<T>): Promise<T> {
    return userId === undefined || server.userTurns === undefined
        ? work()
        : server.userTurns.take(userId, work, clientLeft);
}
