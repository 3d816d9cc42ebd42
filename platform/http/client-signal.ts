import type { FastifyReply } from "fastify";
import { Problem } from "section-model";

declare module "fastify" {
    interface FastifyRequest {
        /** Aborted when the client has left before it had its answer: what is done for it may end. */
        clientLeft?: AbortSignal;
    }
}

/** A signal that is aborted when the connection ends before the answer does. */
export function watchClient(reply: FastifyReply): AbortSignal {
    const controller = new AbortController();
    reply.raw.once("close", () => {
        if (!reply.raw.writableFinished)
            controller.abort(new Problem("invalid-input", "the client left before it was answered"));
    });
    return controller.signal;
}
