import type { FastifyInstance, FastifyPluginAsync } from "fastify";
import { Problem } from "section-model";
import { graphAccounts } from "../service/accounts";
import type { Context } from "../service/context";
import { jsonType } from "./answer";
import { gitUrl } from "./applications";
import { authenticate } from "./authenticate-request";
import { countRequest } from "./limits";
import { single } from "./register-route";
import type { WireContext } from "./route";

export const instanceConfig = { method: "GET", path: "/instance/getconfig" };

/** The first request of old clients: the repositories that a token opens. They send the token in the query. */
export function instanceConfigRoutes(context: Context, wire: WireContext): FastifyPluginAsync {
    return async (server: FastifyInstance) => {
        server.get<{ Querystring: Record<string, unknown> }>(instanceConfig.path, async (request, reply) => {
            const caller = await authenticate(context, {
                accessToken: single(request.query.token),
                address: request.ip,
            });
            if (caller === undefined) throw new Problem("unauthenticated", "API request is unauthorized");
            countRequest(request, caller);
            const graph = await graphAccounts(context, caller);
            const accounts = graph.map(({ applications }) => ({
                applications: applications.map(({ application, environments }) => ({
                    application_id: application.id,
                    name: application.name,
                    repository: gitUrl(wire, application),
                    environments: environments.map(({ id }) => ({ environment_id: id })),
                })),
            }));
            return reply.header("content-type", jsonType).send(JSON.stringify({ accounts }));
        });
    };
}
