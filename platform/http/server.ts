import type { Readable } from "node:stream";
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import type { Logger } from "pino";
import { Problem } from "section-model";
import { networkOf } from "../auth/client-network";
import type { FairUse } from "../fair-use";
import type { PushSizes } from "../git/push/pack-limits";
import { divideFiles } from "../open-files";
import type { Context } from "../service/context";
import { matchProxies } from "../trusted-proxy";
import { jsonType } from "./answer";
import { inPieces } from "./answer-pieces";
import { apiPage } from "./api-page";
import { serveAssets } from "./assets";
import { limitLeftover } from "./body-timeout";
import { forbidKeeping, notKept } from "./caching";
import { challengeRoutes } from "./challenges";
import { answerClientError } from "./client-error";
import { watchClient } from "./client-signal";
import { codeUpload, codeUploadRoutes, type UploadShares } from "./code-upload";
import { ConnectionLimit } from "./connection-limit";
import { hearOut } from "./drain-request";
import { type GitShares, gitRoutes } from "./git";
import { graphql, graphqlRoutes } from "./graphql";
import { healthRoutes, isOperational, Readiness } from "./health";
import { instanceConfig, instanceConfigRoutes } from "./instance-config";
import { Lag } from "./lag";
import { makeLimits } from "./limits";
import { linkPages } from "./link-page";
import { Metrics, watchContext } from "./metrics";
import { OfferedMethods } from "./offered-methods";
import { problemOf, problemToWire } from "./problem-to-wire";
import { pageRoutes } from "./register-pages";
import { registerRoute } from "./register-route";
import { RequestLog } from "./request-log";
import { RequestPlaces } from "./request-places";
import { addressOf, apiRoot, type WireContext } from "./route";
import { allRoutes } from "./routes";
import { serveDescription } from "./serve-description";
import type { TlsContext } from "./tls";
import { makeTransactionId } from "./transaction-id";
import { UserTurns } from "./user-turns";

export interface ServerOptions extends FairUse, GitShares, PushSizes, UploadShares {
    context: Context;
    wire: WireContext;
    log: Logger;
    /** HTTPS with these; HTTP without. */
    tls?: TlsContext;
    /** Reverse proxies whose X-Forwarded-For is believed. */
    trustProxy?: string[];
    /** Of a JSON body. */
    maxBodyBytes: number;
    /** Default false: Production takes fast-forwards only. */
    allowProductionRewrite?: boolean;
    /** Requests answered at the same time, shared fairly. */
    maxRequests: number;
    /** Of these, those of one user that are worked on at the same time while others ask as well; 0 is no limit. */
    maxUserRequests: number;
    /** The delay of the event loop above which, when it lasts, requests get 503; 0 is no limit. */
    maxEventLoopDelayMs: number;
    /** The time between two looks at the delay. */
    lookAtDelayEveryMs?: number;
    /** Of one address, those on which a request is waited for; 0 is no limit. */
    maxAddressConnections: number;
    headTimeoutSeconds: number;
    bodyTimeoutSeconds: number;
    bodyPaceSeconds: number;
    bodyPaceBytes: number;
    slowRequestMs: number;
}

declare module "fastify" {
    interface FastifyInstance {
        readiness: Readiness;
    }
}

const requestTimeoutMs = 3_600_000;
const maxHeadBytes = 65_536; // room for the longest query parameter that a route takes, with every character escaped
const checkConnectionsEveryMs = 1_000;

const refuseSchema = () => () => {
    throw new Error("a route has a JSON schema; give it zod rules, which registerRoute checks");
};
/** No route has a JSON schema, so that the modules that fastify would check it with need not load at each start. */
const withoutSchemas = { buildValidator: refuseSchema, buildSerializer: refuseSchema };

/**
 * The platform's one HTTP server: REST below /api/v1, git below /account, pages for people, v1's addresses outside of
 * these, and health.
 */
export function createServer(options: ServerOptions): FastifyInstance {
    const { context, wire, log } = options;
    const metrics = new Metrics();
    const requestLog = new RequestLog(log, metrics, options.slowRequestMs);
    const sockets = {
        maxHeaderSize: maxHeadBytes,
        headersTimeout: options.headTimeoutSeconds * 1000,
        connectionsCheckingInterval: checkConnectionsEveryMs,
    };
    const server: FastifyInstance = Fastify({
        logger: false,
        http: sockets,
        ...(options.tls !== undefined && {
            https: { ...sockets, handshakeTimeout: sockets.headersTimeout, ...options.tls } as never,
        }),
        bodyLimit: options.maxBodyBytes,
        forceCloseConnections: "idle",
        return503OnClosing: false, // a request on an open connection is answered, and the answer closes it
        requestTimeout: requestTimeoutMs,
        clientErrorHandler: answerClientError,
        trustProxy: options.trustProxy ?? false,
        genReqId: () => makeTransactionId(),
        // an address that the router cannot read: no hook has seen the request
        frameworkErrors: (error, request, reply) =>
            void fail(error, request, reply.header("Aperture-Tx-Id", request.id).headers(notKept)),
        schemaController: { compilersFactory: withoutSchemas },
        routerOptions: { ignoreTrailingSlash: true, ignoreDuplicateSlashes: true, maxParamLength: 1024 },
    });
    const routes = allRoutes.filter(({ extension }) => wire.extensions || extension === undefined);
    const outside = [codeUpload, graphql, instanceConfig];
    const addresses = [...routes.map((route) => ({ method: route.method, path: addressOf(route) })), ...outside];
    const offered = new OfferedMethods(addresses);
    const roots = [...new Set(routes.map(({ root = apiRoot }) => root))];
    const limits = makeLimits(options);
    const connections = new ConnectionLimit({
        most: divideFiles(context.store.isExclusive).connections,
        mostWaiting: options.maxAddressConnections,
        isTrusted: matchProxies(options.trustProxy ?? []),
        log,
    });
    connections.watch(server.server);
    const lag = new Lag(options.maxEventLoopDelayMs, options.lookAtDelayEveryMs);
    const places = new RequestPlaces(options.maxRequests);
    server.decorate("limits", limits);
    server.decorate("places", places);
    server.decorate("userTurns", new UserTurns(options.maxUserRequests));
    server.decorate("bodyPace", { windowSeconds: options.bodyPaceSeconds, leastBytes: options.bodyPaceBytes });
    server.decorate("readiness", new Readiness(context));
    server.decorateRequest("userId", undefined);
    server.decorateRequest("failure", undefined);
    server.decorateRequest("clientLeft", undefined);

    server.removeAllContentTypeParsers();
    server.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));

    server.addHook("onRequest", async (request, reply) => {
        requestLog.begin(request);
        request.clientLeft = watchClient(reply);
        reply.header("Aperture-Tx-Id", request.id);
        forbidKeeping(request, reply);
        // every body is JSON whatever its media type says: old clients send none, or a wrong one
        // Fastify refuses a QUERY without a type
        const hasType = request.headers["content-type"] !== undefined || request.method === "QUERY";
        if (hasType && roots.some((root) => request.url.startsWith(root)))
            request.headers["content-type"] = "application/octet-stream";
        if (isOperational(request)) return;
        connections.refuse(request, reply);
        places.enter(request);
        if (lag.isTooMuch)
            throw new Problem("overloaded", "the platform has more to do than it can", { retryAfterSeconds: 5 });
        limits.address.take(networkOf(request.ip));
    });
    server.addHook("preParsing", async (request) => {
        if (request.userId === undefined) places.claim(request, networkOf(request.ip));
    });
    server.addHook("onClose", async () => lag.stop());
    server.addHook("onSend", async (request, reply, payload) => {
        if (server.readiness.isStopping) reply.header("connection", "close"); // the next request goes elsewhere
        if (reply.statusCode >= 400 && endsConnection(request, reply)) await hearOut(request.raw);
        const pieces = inPieces(payload);
        const stream = pieces?.stream ?? (payload as Partial<Readable> | null);
        stream?.once?.("error", (error) => {
            request.failure = error;
        });
        if (pieces === undefined) return payload;
        places.weigh(request, pieces.bytes);
        reply.header("content-length", pieces.bytes);
        return pieces.stream;
    });
    server.addHook("onResponse", async (request, reply) => {
        requestLog.end(request, reply);
        places.leave(request);
        limitLeftover(request, options.bodyTimeoutSeconds * 1000);
    });
    server.addHook("onRequestAbort", async (request) => {
        requestLog.end(request);
        places.leave(request);
    });

    const fail = (error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
        request.failure = error;
        const problem = problemOf(error);
        const { status, headers, body } = problemToWire(
            problem,
            wire.extensions,
            request.routeOptions.config?.listsFailures,
        );
        return reply.code(status).headers(headers).header("content-type", jsonType).send(JSON.stringify(body));
    };
    server.setErrorHandler(fail);
    const refuseMethod = (request: FastifyRequest, reply: FastifyReply) => {
        const [path = ""] = request.url.split("?");
        const allow = offered.allowAt(path);
        if (allow === undefined)
            return fail(new Problem("not-found", `there is nothing at ${path.slice(0, 300)}`), request, reply);
        reply.header("allow", allow);
        if (request.method === "OPTIONS") return reply.code(204).send();
        return fail(new Problem("method-not-allowed", `${request.method} is not offered here`), request, reply);
    };
    // expectations other than 100-continue are ignored: Node would answer 417 with nothing in it
    server.server.on("checkExpectation", (request, response) => server.server.emit("request", request, response));
    server.setNotFoundHandler(refuseMethod);
    for (const { method, path } of offered.mistakable()) server.route({ method, url: path, handler: refuseMethod });

    for (const route of routes) registerRoute(server, route, options);
    const assets = serveAssets(server);
    linkPages(server, wire, assets);
    serveDescription(server, routes, wire);
    apiPage(server);
    watchContext(metrics, context);
    metrics.watch("section_http_connections", "Open connections", () => countConnections(server));
    healthRoutes(server, server.readiness, metrics);
    challengeRoutes(server, context);
    void server.register(gitRoutes(options));
    void server.register(codeUploadRoutes(context, options));
    void server.register(graphqlRoutes(context, wire, options.bodyTimeoutSeconds));
    void server.register(instanceConfigRoutes(context, wire));
    if (wire.extensions) void server.register(pageRoutes({ ...options, assets }));
    return server;
}

function countConnections({ server }: FastifyInstance): Promise<number> {
    return new Promise((resolve, reject) => {
        server.getConnections((error, count) => (error === null ? resolve(count) : reject(error)));
    });
}

function endsConnection({ headers, raw }: FastifyRequest, reply: FastifyReply): boolean {
    return (
        [headers.connection, reply.getHeader("connection")].some((word) => String(word).toLowerCase() === "close") ||
        raw.httpVersion === "1.0"
    );
}
