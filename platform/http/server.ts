import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import type { Logger } from "pino";
import { Problem } from "section-model";
import type { Context } from "../service/context";
import { challengeRoutes } from "./challenges";
import { codeUpload, codeUploadRoutes } from "./code-upload";
import { gitRoutes } from "./git";
import { graphql, graphqlRoutes } from "./graphql";
import { healthRoutes } from "./health";
import { hearOut } from "./hear-out";
import { instanceConfig, instanceConfigRoutes } from "./instance-config";
import { linkPages } from "./link-page";
import { Metrics } from "./metrics";
import { problemOf, problemToWire } from "./problem-to-wire";
import { pageRoutes } from "./register-pages";
import { registerRoute } from "./register-route";
import { addressOf, apiRoot, type WireContext } from "./route";
import { allRoutes } from "./routes";
import { makeTransactionId } from "./transaction-id";

export interface ServerOptions {
    context: Context;
    wire: WireContext;
    log: Logger;
    /** Of a JSON body. */
    maxBodyBytes: number;
    /** Of a push. */
    maxPackBytes: number;
    /** Default false: Production takes fast-forwards only. */
    allowProductionRewrite?: boolean;
    /** Requests answered at the same time; more get 503. */
    maxRequests: number;
    /** Reverse proxies whose X-Forwarded-For is believed. */
    trustProxy?: string[];
}

const requestTimeoutMs = 3_600_000;

/** The platform's one HTTP server: REST below /api/v1, git below /account, pages for people, what v1 has outside of these, and health. */
export function createServer(options: ServerOptions): FastifyInstance {
    const { context, wire, log } = options;
    const metrics = new Metrics();
    const server = Fastify({
        logger: false,
        bodyLimit: options.maxBodyBytes,
        forceCloseConnections: "idle",
        requestTimeout: requestTimeoutMs,
        trustProxy: options.trustProxy ?? false,
        genReqId: () => makeTransactionId(),
        routerOptions: { ignoreTrailingSlash: true, ignoreDuplicateSlashes: true, maxParamLength: 1024 },
    });
    const routes = allRoutes.filter(({ extension }) => wire.extensions || extension === undefined);
    const outside = [codeUpload, graphql, instanceConfig];
    const addresses = [...routes.map((route) => ({ method: route.method, path: addressOf(route) })), ...outside];
    const patterns = addresses.map(({ method, path }) => ({ method, pattern: patternOf(path) }));
    const roots = [...new Set(routes.map(({ root = apiRoot }) => root))];
    let active = 0;

    server.removeAllContentTypeParsers();
    server.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));

    server.addHook("onRequest", async (request, reply) => {
        active += 1;
        metrics.active.set(active);
        reply.header("Aperture-Tx-Id", request.id);
        // every body is JSON whatever its media type says: old clients send none, or a wrong one
        if (request.headers["content-type"] !== undefined && roots.some((root) => request.url.startsWith(root)))
            request.headers["content-type"] = "application/octet-stream";
        if (active > options.maxRequests) throw new Problem("overloaded", "too many requests are being answered", { retryAfterSeconds: 2 });
    });
    const finished = new WeakSet<FastifyRequest>();
    const finish = (request: FastifyRequest, status: number, milliseconds: number) => {
        if (finished.has(request)) return;
        finished.add(request);
        active -= 1;
        metrics.active.set(active);
        const route = request.routeOptions.url ?? "none";
        metrics.answered({ method: request.method, route, status, seconds: milliseconds / 1000 });
        const [path] = request.url.split("?"); // the query can hold a token
        log.info({ transaction: request.id, method: request.method, path, status, milliseconds: Math.round(milliseconds) }, "answered");
    };
    server.addHook("onResponse", async (request, reply) => finish(request, reply.statusCode, reply.elapsedTime));
    server.addHook("onRequestAbort", async (request) => finish(request, 499, 0));

    const fail = async (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
        const problem = problemOf(error);
        if (problem.code === "body-too-large") await hearOut(request.raw);
        if (problem.status >= 500 || problem.status === 0) log.error({ transaction: request.id, code: problem.code, err: error }, "a request failed");
        const { status, headers, body } = problemToWire(problem, wire.extensions, request.routeOptions.config?.listsFailures);
        return reply.code(status).headers(headers).header("content-type", "application/json; charset=utf-8").send(JSON.stringify(body));
    };
    server.setErrorHandler(fail);
    server.setNotFoundHandler((request, reply) => {
        const [path = ""] = request.url.split("?");
        const allowed = patterns.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method);
        if (allowed.length === 0) return fail(new Problem("not-found", `there is nothing at ${path.slice(0, 300)}`), request, reply);
        reply.header("allow", [...new Set(allowed)].sort().join(", "));
        return fail(new Problem("method-not-allowed", `${request.method} is not offered here`), request, reply);
    });

    for (const route of routes) registerRoute(server, route, options);
    linkPages(server);
    healthRoutes(server, context, metrics);
    challengeRoutes(server, context);
    void server.register(gitRoutes({ ...options, metrics }));
    void server.register(codeUploadRoutes(context));
    void server.register(graphqlRoutes(context, wire));
    void server.register(instanceConfigRoutes(context, wire));
    if (wire.extensions) void server.register(pageRoutes(options));
    return server;
}

function patternOf(path: string): RegExp {
    return new RegExp(`^${path.replaceAll(".", "\\.").replaceAll(/:\w+/g, "[^/]+")}/?$`);
}
