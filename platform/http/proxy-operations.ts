import { productionName } from "section-model";
import { z } from "zod";
import { banEverything, listProxyOperations, operateProxy } from "../service/proxy-operations";
import { Answer } from "./answer";
import { idField, instantField } from "./fields";
import { applicationParams, atEnvironment, flagSchema, placeOfEnvironment, proxyParams } from "./parameters";
import { defineRoute } from "./route";
import { named } from "./schema-definitions";

const atProxy = `${atEnvironment}/proxy/:proxyName`;

const parameterSchema = z.string("must be given once").max(16_384, "is longer than 16384 characters");
const expressionSchema = parameterSchema.min(1, `is empty; leave it out to ban everything, which is ${banEverything}`);

const banAnswer = named(
    "ApplicationStateUpdateResult",
    z.strictObject({ success: z.boolean(), description: z.string() }),
);
const banApplied: z.infer<typeof banAnswer> = { success: true, description: "Ban applied" };

const operationAnswer = named(
    "ProxyOperation",
    z.strictObject({
        id: idField,
        proxy: z.string(),
        operation: z.string(),
        parameter: z.string().nullable(),
        async: z.boolean(),
        caller: z.strictObject({ name: z.string(), email: z.string() }),
        created_at: instantField,
    }),
);

/** Clients that take a ban for failed unless it is answered with 200, by how their User-Agent begins. */
const insistOn200 = ["section.io-Magento-2-Extension", "section.io varnish-cli-bridge"];

export const proxyOperationRoutes = [
    defineRoute({
        operation: "proxyStatePost",
        method: "POST",
        path: `${atProxy}/state`,
        summary: "Ban what a Varnish expression matches from a proxy's cache",
        access: ["admin", "state"],
        twoFactorExempt: true,
        params: proxyParams,
        query: z.object({ banExpression: expressionSchema.default(banEverything), async: flagSchema.default(false) }),
        headers: z.object({ "user-agent": z.string().default("") }),
        failures: [],
        answer: banAnswer,
        mayBeEmpty: true,
        handle: async ({ context, member, params, query, headers }) => {
            const ban = { operation: "ban", parameter: query.banExpression, isAsync: query.async };
            await operateProxy(context, member, placeOfEnvironment(params), params.proxyName, ban);
            return insistOn200.some((client) => headers["user-agent"].startsWith(client))
                ? banApplied
                : new Answer(204);
        },
    }),
    defineRoute({
        operation: "proxyOperationAction",
        method: "POST",
        path: `${atProxy}/:operationName`,
        summary: "Send a message to a proxy",
        access: ["admin", "state"],
        twoFactorExempt: true,
        params: proxyParams.extend({
            operationName: z
                .string()
                .regex(
                    /^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$/,
                    "must be 1 to 100 letters, digits, dots, dashes, colons and underscores",
                ),
        }),
        query: z.object({ operationParameter: parameterSchema.optional() }),
        failures: [],
        listsFailures: "messages",
        answer: "nothing",
        handle: async ({ context, member, params, query }) => {
            const message = { operation: params.operationName, parameter: query.operationParameter };
            await operateProxy(context, member, placeOfEnvironment(params), params.proxyName, message);
            return new Answer(200);
        },
    }),
    defineRoute({
        operation: "proxyOperationList",
        method: "GET",
        path: `${atProxy}/operations`,
        summary: "Bans and other messages that a proxy was sent, newest first",
        access: "member",
        params: proxyParams,
        query: z.object({
            limit: z.coerce.number().int().min(1).max(100).default(20),
            before: z.coerce
                .number()
                .int()
                .min(1)
                .max(2 ** 31 - 1)
                .optional(),
        }),
        failures: [],
        extension: "proxy.operations",
        answer: z.array(operationAnswer),
        handle: async ({ context, member, params, query }) =>
            (await listProxyOperations(context, member, placeOfEnvironment(params), params.proxyName, query)).map(
                (row) => ({
                    id: row.id,
                    proxy: row.proxy,
                    operation: row.operation,
                    parameter: row.parameter,
                    async: row.is_async,
                    caller: { name: row.caller_name, email: row.caller_email },
                    created_at: row.created_at.toISOString(),
                }),
            ),
    }),
    defineRoute({
        operation: "applicationStatePost",
        method: "POST",
        path: "/account/:accountId/application/:applicationId/state",
        summary: "Deprecated: ban from the cache of Production's proxy varnish",
        access: ["admin", "state"],
        params: applicationParams,
        body: named(
            "ApplicationStateUpdateRequest",
            z.strictObject({ proxy: z.literal("varnish", "must be varnish"), ban: expressionSchema }),
        ),
        failures: [],
        answer: banAnswer,
        handle: async ({ context, member, params: { applicationId }, body: { proxy, ban } }) => {
            await operateProxy(context, member, { applicationId, environment: productionName }, proxy, {
                operation: "ban",
                parameter: ban,
            });
            return banApplied;
        },
    }),
];
