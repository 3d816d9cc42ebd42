import type { FastifyRequest } from "fastify";
import { FairGate } from "../fair-gate";

declare module "fastify" {
    interface FastifyInstance {
        /** Missing on a server that was not made by createServer, or without a limit. */
        userTurns?: FairGate;
    }
}

/** What takes longer waits for something else: the DNS, a lock, a process of git. Others of its user may begin. */
const longestTurnMs = 250;

/**
 * The turns of each user at work: a few at the same time, however many requests the user sends. Further ones wait in
 * the order in which they came, and those of other users pass them.
 *
 * @param ofUser 0 is no limit
 */
export function openUserTurns(ofUser: number): FairGate | undefined {
    const atOnce = Number.POSITIVE_INFINITY;
    return ofUser === 0 ? undefined : new FairGate({ what: "requests", atOnce, shares: [ofUser] });
}

/**
 * Does work of a request when it is the turn of its user; at once for a request of nobody. Time in which a client sends
 * or takes something does not belong into it.
 */
export async function inTurn<T>(request: FastifyRequest, work: () => Promise<T>): Promise<T> {
    const { userId, clientLeft, server } = request;
    if (userId === undefined || server.userTurns === undefined) return work();
    const leave = await server.userTurns.enter([`user ${userId}`], clientLeft);
    const timer = setTimeout(leave, longestTurnMs);
    try {
        return await work();
    } finally {
        clearTimeout(timer);
        leave();
    }
}
