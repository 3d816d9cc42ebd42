import type { FastifyReply } from "fastify";

export const jsonType = "application/json; charset=utf-8";

/** An answer that is not the usual 200 with JSON. */
export class Answer {
    constructor(
        readonly status: 200 | 204,
        readonly body?: Buffer,
        readonly contentType?: string,
    ) {}
}

/** Sends the result of a route's handler: an Answer as it is, anything else as JSON. */
export function sendAnswer(reply: FastifyReply, answer: unknown): FastifyReply {
    if (!(answer instanceof Answer)) return reply.header("content-type", jsonType).send(JSON.stringify(answer));
    if (answer.contentType !== undefined) reply.header("content-type", answer.contentType);
    return reply.code(answer.status).send(answer.body);
}
