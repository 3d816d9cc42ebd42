import type { FastifyInstance, FastifyRequest } from "fastify";
import type { z } from "zod";
import type { Caller } from "../auth/caller";
import { networkOf } from "../auth/client-network";
import type { Context } from "../service/context";
import { nextSlice } from "../slices";
import { type Granted, grantAccess } from "./access";
import { Answer, sendAnswer } from "./answer";
import { authenticate, refusePassword } from "./authenticate-request";
import { limitBodyTime } from "./body-timeout";
import { readJson, usualBody } from "./json-body";
import { countForOrganization, countGit, countRequest } from "./limits";
import { addressOf, type Route, type WireContext } from "./route";
import { withoutExtensions } from "./schema-definitions";
import { spellParams } from "./spell-params";
import { inTurn } from "./user-turns";

function parse(schema: z.ZodType | undefined, value: unknown): unknown {
    return schema === undefined ? undefined : schema.parse(value);
}

declare module "fastify" {
    interface FastifyContextConfig {
        listsFailures?: Route["listsFailures"];
    }
}

/** The value of a header or query parameter that was sent once. */
export function single(value: unknown): string | undefined {
    return typeof value === "string" && value !== "" ? value : undefined;
}

/** The caller of a request, whatever carries the credentials. Counts the request against the user's limit. */
export async function authenticateRequest(context: Context, request: FastifyRequest): Promise<Caller | undefined> {
    const carriers = {
        sectionToken: single(request.headers["section-token"]),
        accessToken: single((request.query as Record<string, unknown>).access_token),
        authorization: request.headers.authorization,
        code: single(request.headers["section-otp"]),
        address: request.ip,
    };
    const caller = await authenticate(context, carriers);
    if (caller === undefined) {
        refusePassword(carriers);
        return undefined;
    }
    countRequest(request, caller);
    return { ...caller, requestId: request.id, signal: request.clientLeft };
}

interface Registration {
    context: Context;
    wire: WireContext;
    /** The longest time that a body may take to arrive. Default 60. */
    bodyTimeoutSeconds?: number;
    /** The most bytes of any JSON body; most routes take less. Default: 10 MiB. */
    maxBodyBytes?: number;
}

/** Puts one route of the table on the server. A request's caller is checked first, then its path, then its body. */
export function registerRoute(
    server: FastifyInstance,
    route: Route,
    { context, wire, bodyTimeoutSeconds = 60, maxBodyBytes = 10 * 1024 * 1024 }: Registration,
): void {
    const known = (schema: z.ZodType | undefined) =>
        wire.extensions || schema === undefined ? schema : withoutExtensions(schema);
    const bodyLimits = { ...usualBody, ...route.bodyLimits };
    const [querySchema, bodySchema] = [known(route.query), known(route.body)];
    const granted = new WeakMap<FastifyRequest, Granted & { params: unknown }>();
    server.route({
        method: route.method,
        url: addressOf(route),
        bodyLimit: Math.min(maxBodyBytes, bodyLimits.bytes),
        config: { listsFailures: route.listsFailures },
        onRequest: async (request) => {
            const caller = route.access === "anonymous" ? undefined : await authenticateRequest(context, request);
            const params =
                caller === undefined && route.access !== "anonymous" ? undefined : parse(route.params, request.params);
            const accountId = (params as { accountId?: number } | undefined)?.accountId;
            const isWrite = route.method !== "GET";
            const member = await inTurn(request, async () => {
                const grant = await grantAccess(
                    context,
                    route.access,
                    caller,
                    isWrite,
                    accountId,
                    route.twoFactorExempt,
                );
                countForOrganization(request, grant.member);
                granted.set(request, { ...grant, params: await spellParams(context, grant.member, params) });
                return grant.member;
            });
            if (route.creates && caller !== undefined) server.limits?.create.take(String(caller.userId));
            if (route.countsAsGit && caller !== undefined) countGit(request, caller, member?.accountId);
        },
        preParsing: async (request, reply) => limitBodyTime(request, reply, bodyTimeoutSeconds * 1000),
        handler: async (request, reply) => {
            const { caller, member, params } = granted.get(request) as Granted & { params: unknown };
            const query = parse(querySchema, request.query);
            await nextSlice();
            const body =
                bodySchema === undefined ? undefined : parse(bodySchema, await readJson(request.body, bodyLimits));
            const headers = parse(route.headers, request.headers);
            await nextSlice();
            const network = networkOf(request.ip);
            const answer = await inTurn(request, () =>
                route.handle({
                    context,
                    wire,
                    caller: caller as never,
                    member: member as never,
                    network,
                    params,
                    query,
                    body,
                    headers,
                }),
            );
            return sendAnswer(reply, route.status === 204 ? new Answer(204) : answer);
        },
    });
}
