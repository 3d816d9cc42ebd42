import type { FastifyInstance } from "fastify";
import { answerChallenge } from "../service/challenges";
import type { Context } from "../service/context";
import { single } from "./register-route";

interface ChallengeRequest {
    Params: { token: string };
}

/**
 * Answers a certificate authority that asks a site, without credentials: at the edge, or through a server that passes
 * the path on to here.
 */
export function challengeRoutes(server: FastifyInstance, context: Context): void {
    server.get<ChallengeRequest>("/.well-known/acme-challenge/:token", async (request, reply) =>
        reply
            .type("text/plain; charset=utf-8")
            .send(await answerChallenge(context, request.headers.host ?? "", request.params.token)),
    );
    server.get<ChallengeRequest>("/acme/acme-challenge/:token", async (request, reply) =>
        reply
            .type("text/plain; charset=utf-8")
            .send(await answerChallenge(context, single(request.headers["upstream-host"]) ?? "", request.params.token)),
    );
}
