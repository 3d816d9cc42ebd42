import type { FastifyReply, FastifyRequest } from "fastify";

declare module "fastify" {
    interface FastifyContextConfig {
        /** Its answers are the same for everybody, and say nothing of anybody: others may keep them. */
        isPublic?: boolean;
    }
}

/** Who may keep an answer: nobody. It is about people, their sites or their secrets. */
export const notKept = { "cache-control": "no-store" } as const;

/**
 * Says of an answer that nobody keeps it, unless its route is declared to be public. A new route, a failure and an
 * address that is none are not. `anonymous` is no word for it: a mailed link is followed without credentials, and the
 * answer names its person.
 */
export function forbidKeeping(request: FastifyRequest, reply: FastifyReply): void {
    if (request.routeOptions.config?.isPublic !== true) reply.headers(notKept);
}
