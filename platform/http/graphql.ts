import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from "fastify";
import {
    type ExecutionResult,
    execute,
    GraphQLError,
    parse,
    specifiedRules,
    type ValidationRule,
    validate,
} from "graphql";
import { isProblem, Problem } from "section-model";
import { z } from "zod";
import type { Caller } from "../auth/caller";
import type { Context } from "../service/context";
import { grantAccess } from "./access";
import { limitBodyTime } from "./body-timeout";
import { rootFor, schema } from "./graphql-schema";
import { problemOf } from "./problem-to-wire";
import { authenticateRequest, readJson } from "./register-route";

export const graphql = { method: "POST", path: "/new/authorized/graphql_api/query" };

const maxBodyBytes = 64 * 1024;
const maxTokens = 2_000;
const maxRootFields = 20;

const bodySchema = z.object({
    query: z.string().min(1),
    /** Clients send "" for none. */
    operationName: z.string().nullish(),
    variables: z.record(z.string(), z.unknown()).nullish(),
});

/** Each field at the root is a question of its own to the database; aliases would let one request ask thousands. */
const limitRootFields: ValidationRule = (context) => {
    const roots = new Set([schema.getQueryType(), schema.getMutationType()]);
    let count = 0;
    return {
        Field: (node) => {
            if (!roots.has(context.getParentType() as never)) return;
            count += 1;
            if (count === maxRootFields + 1)
                context.reportError(
                    new GraphQLError(`a query has at most ${maxRootFields} fields at its root`, { nodes: node }),
                );
        },
    };
};

async function answer(context: Context, caller: Caller, body: unknown): Promise<ExecutionResult> {
    const { query, operationName, variables } = bodySchema.parse(body);
    let document: ReturnType<typeof parse>;
    try {
        document = parse(query, { maxTokens });
    } catch (error) {
        return { errors: [error as GraphQLError] };
    }
    const errors = validate(schema, document, [limitRootFields, ...specifiedRules]);
    if (errors.length > 0) return { errors };
    return execute({
        schema,
        document,
        rootValue: rootFor(context, caller),
        operationName: operationName || undefined,
        variableValues: variables ?? undefined,
    });
}

/** True when a query got nothing at all. */
function isRefused({ data }: ExecutionResult): boolean {
    return data === null || data === undefined || Object.values(data).every((value) => value === null);
}

/** The thrown cause of an error; undefined when the query itself is wrong. */
function causeOf({ originalError }: GraphQLError): Error | undefined {
    return originalError instanceof GraphQLError ? causeOf(originalError) : originalError;
}

function problemBehind(error: GraphQLError): Problem {
    const cause = causeOf(error);
    return cause === undefined
        ? new Problem("invalid-input", error.message, { remedy: "Correct the query" })
        : problemOf(cause);
}

function errorToWire(error: GraphQLError, extensions: boolean) {
    const problem = problemBehind(error);
    return {
        message: problem.message,
        locations: error.locations,
        path: error.path,
        ...(extensions && { extensions: { code: problem.code } }),
    };
}

/**
 * The queries of sectionctl. A query that is refused as a whole gets REST's status and `message`, because clients look
 * at these.
 */
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
            preParsing: async (request) => limitBodyTime(request, bodyTimeoutSeconds * 1000),
            handler: async (request, reply) => {
                const result = await answer(context, callers.get(request) as Caller, readJson(request.body));
                reply.header("content-type", "application/json; charset=utf-8");
                const [first] = result.errors ?? [];
                if (first === undefined) return reply.send(JSON.stringify(result));
                const unexpected = result.errors
                    ?.map(causeOf)
                    .find((cause) => cause !== undefined && !isProblem(cause));
                if (unexpected !== undefined) throw unexpected;
                const errors = result.errors?.map((error) => errorToWire(error, wire.extensions));
                if (!isRefused(result)) return reply.send(JSON.stringify({ data: result.data, errors }));
                const { status, message } = problemBehind(first);
                return reply.code(status).send(JSON.stringify({ message, data: result.data ?? null, errors }));
            },
        });
    };
}
