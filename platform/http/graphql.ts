import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from "fastify";
import type { Caller } from "../auth/caller";
import type { Context } from "../service/context";
import { grantAccess } from "./access";
import { jsonType } from "./answer";
import { limitBodyTime } from "./body-timeout";
import { readJson } from "./json-body";
import { authenticateRequest } from "./register-route";
import { inTurn } from "./user-turns";

export const graphql = { method: "POST", path: "/new/authorized/graphql_api/query" };

const maxBodyBytes = 64 * 1024;
/** Loads GraphQL with the first query: few platforms get one, and every start would wait for it. */
const loadQueries = () => require("./graphql-query") as typeof import("./graphql-query");

/** The queries of sectionctl. */
export function graphqlRoutes(
    context: Context,
    wire: { extensions: boolean },
    bodyTimeoutSeconds = 60,
): FastifyPluginAsync {
    return async (server: FastifyInstance) => {
        const callers = new WeakMap<FastifyRequest, Caller>();
        server.post(graphql.path, {
            bodyLimit: maxBodyBytes,
            onRequest: async (request) => {
                const { caller } = await grantAccess(
                    context,
                    "user",
                    await authenticateRequest(context, request),
                    false,
                    undefined,
                );
                callers.set(request, caller as Caller);
            },
            preParsing: async (request, reply) => limitBodyTime(request, reply, bodyTimeoutSeconds * 1000),
            handler: async (request, reply) => {
                const caller = callers.get(request) as Caller;
                const { answerQuery } = loadQueries();
                const query = await readJson(request.body);
                const { status, document } = await inTurn(request, () =>
                    answerQuery(context, caller, query, wire.extensions),
                );
                reply.header("content-type", jsonType);
                return reply.code(status).send(JSON.stringify(document));
            },
        });
    };
}
