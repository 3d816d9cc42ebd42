import type { FastifyInstance } from "fastify";
import type { Context } from "../service/context";
import { isReachable } from "../service/health";
import type { Metrics } from "./metrics";

/** What whoever operates the platform asks: does it live, can it work, what does it do. */
export function healthRoutes(server: FastifyInstance, context: Context, metrics: Metrics): void {
    server.get("/healthz", async () => ({ status: "ok" }));
    server.get("/readyz", async (_request, reply) => {
        const ready = await isReachable(context);
        return reply.code(ready ? 200 : 503).send({ status: ready ? "ok" : "the database does not answer" });
    });
    server.get("/metrics", async (_request, reply) => {
        const { type, text } = await metrics.expose();
        return reply.header("content-type", type).send(text);
    });
}
