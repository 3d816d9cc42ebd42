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
import { rootFor, schema } from "./graphql-schema";
import { problemOf } from "./problem-to-wire";

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

async function runQuery(context: Context, caller: Caller, body: unknown): Promise<ExecutionResult> {
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
 * The answer to a query, as status and document. A query that is refused as a whole gets REST's status and `message`,
 * because clients look at these.
 */
export async function answerQuery(
    context: Context,
    caller: Caller,
    body: unknown,
    extensions: boolean,
): Promise<{ status: number; document: object }> {
    const result = await runQuery(context, caller, body);
    const [first] = result.errors ?? [];
    if (first === undefined) return { status: 200, document: result };
    const unexpected = result.errors?.map(causeOf).find((cause) => cause !== undefined && !isProblem(cause));
    if (unexpected !== undefined) throw unexpected;
    const errors = result.errors?.map((error) => errorToWire(error, extensions));
    if (!isRefused(result)) return { status: 200, document: { data: result.data, errors } };
    const { status, message } = problemBehind(first);
    return { status, document: { message, data: result.data ?? null, errors } };
}
