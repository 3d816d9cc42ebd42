import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Context } from "../service/context";
import { findObstacle } from "../service/find-obstacle";
import type { Metrics } from "./metrics";

declare module "fastify" {
    interface FastifyContextConfig {
        /** Asked by operators of the platform: never turned away for load, and logged for debugging only. */
        isOperational?: boolean;
    }
}

export function isOperational(request: FastifyRequest): boolean {
    return request.routeOptions.config?.isOperational === true;
}

/** Anybody may ask, and every answer writes to the disk. */
const rememberedMs = 500;

/** Whether the platform wants requests, as balancers ask it. */
export class Readiness {
    /** True when somebody has asked: there is a balancer that sends requests by the answer. */
    wasAsked = false;
    /** True from the signal to stop on. */
    isStopping = false;

    #known: { atMs: number; obstacle: Promise<string | undefined> } | undefined;

    constructor(private readonly context: Context) {}

    /** Why it does not; undefined when it does. */
    async obstacle(): Promise<string | undefined> {
        this.wasAsked = true;
        if (this.isStopping) return "the platform is stopping";
        const nowMs = performance.now();
        if (this.#known === undefined || nowMs - this.#known.atMs > rememberedMs)
            this.#known = { atMs: nowMs, obstacle: findObstacle(this.context) };
        return this.#known.obstacle;
    }
}

/** Routes for operators of the platform: whether it lives, whether it can work, and its metrics. */
export function healthRoutes(server: FastifyInstance, readiness: Readiness, metrics: Metrics): void {
    const config = { isOperational: true };
    server.get("/healthz", { config }, async () => ({ status: "ok" }));
    server.get("/readyz", { config }, async (_request, reply) => {
        const obstacle = await readiness.obstacle();
        return reply.code(obstacle === undefined ? 200 : 503).send({ status: obstacle ?? "ok" });
    });
    server.get("/metrics", { config }, async (_request, reply) => {
        const { type, text } = await metrics.expose();
        return reply.header("content-type", type).send(text);
    });
}
