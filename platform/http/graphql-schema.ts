import { buildSchema } from "graphql";
import { Problem } from "section-model";
import type { Caller } from "../auth/caller";
import type { Context } from "../service/context";
import { listModuleInstances, listModuleLogs } from "../service/modules";
import { addOwnToken, listTokens } from "../service/tokens";
import { tokenToWire } from "./tokens";

/**
 * The schema that the queries of known clients need. Two of them select no fields of their result, so its type is
 * scalar.
 */
export const schema = buildSchema(`
"An API token without its value: id, description, scope, created_at, expires_at, last_used_at"
scalar UserAPIToken

"An application's code that runs in a module"
type DeploymentStatus {
    inService: Boolean!
    "Running, Deploying or Not Running"
    state: String!
    instanceName: String!
    payloadID: String!
}

type LogLine {
    "RFC 3339"
    timestamp: String!
    instanceName: String!
    message: String!
    "app, access or other"
    type: String!
}

type Query {
    "The caller's own API tokens"
    userAPITokens: [UserAPIToken!]
    "What became of the upload that an environment's branch names"
    deploymentStatus(moduleName: String!, environmentID: Int!): [DeploymentStatus!]
    "What a module wrote; length is 1 to 1500"
    logs(moduleName: String!, environmentId: Int!, instanceName: String, length: Int = 100, startTimestampRfc3339: String): [LogLine!]
}

type Mutation {
    "Makes an API token for the caller; its value is shown this once"
    createUserAPIToken(description: String = "made with GraphQL"): String
}
`);

const longestLog = 1500;
const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i;

interface LogArguments {
    moduleName: string;
    environmentId: number;
    length?: number | null;
    startTimestampRfc3339?: string | null;
}

/** The root of every query, for one caller. */
export function rootFor(context: Context, caller: Caller) {
    return {
        userAPITokens: async () => (await listTokens(context, caller.userId)).map(tokenToWire),
        deploymentStatus: ({ moduleName, environmentID }: { moduleName: string; environmentID: number }) =>
            listModuleInstances(context, caller, { moduleName, environmentId: environmentID }),
        logs: async ({ moduleName, environmentId, length, startTimestampRfc3339: start }: LogArguments) => {
            if (length != null && (length < 1 || length > longestLog))
                throw new Problem("invalid-input", `length is ${length}, not from 1 to ${longestLog}`);
            if (start != null && start !== "" && !(rfc3339.test(start) && !Number.isNaN(Date.parse(start))))
                throw new Problem("invalid-input", "startTimestampRfc3339 is no time such as 2026-01-31T12:00:00Z");
            return listModuleLogs(context, caller, { moduleName, environmentId });
        },
        createUserAPIToken: async ({ description }: { description?: string | null }) => {
            if (caller.scope === "read")
                throw new Problem("forbidden", "this token may only read", { remedy: "Use a token of scope write" });
            const text = description?.trim() || "made with GraphQL";
            if (text.length > 200) throw new Problem("invalid-input", "description has more than 200 characters");
            return (await addOwnToken(context, caller, { description: text })).token;
        },
    };
}
