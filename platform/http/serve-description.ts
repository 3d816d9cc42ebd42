import type { FastifyInstance } from "fastify";
import { jsonType } from "./answer";
import { describeApi } from "./describe-api";
import { apiRoot, type Route, type WireContext } from "./route";

/**
 * Serves the description of the API to everybody, as YAML and as JSON. It is made at the first request: most processes
 * never get one.
 */
export function serveDescription(server: FastifyInstance, routes: readonly Route[], wire: WireContext): void {
    let json: string | undefined;
    let yaml: string | undefined;
    server.get(`${apiRoot}/swagger.json`, async (_request, reply) => {
        json ??= JSON.stringify(describeApi(routes, wire));
        return reply.type(jsonType).send(json);
    });
    server.get(`${apiRoot}/swagger.yaml`, async (_request, reply) => {
        const { stringify } = await import("yaml");
        yaml ??= stringify(describeApi(routes, wire), { aliasDuplicateObjects: false, lineWidth: 0 });
        return reply.type("application/yaml; charset=utf-8").send(yaml);
    });
}
