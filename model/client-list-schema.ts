import { z } from "zod";
import { clientListSchema } from "./client-list";
import { originInputSchema, originSchema } from "./origin";

/** The part of JSON Schema that describes a list of clients. */
export interface JsonSchema {
    type?: string | string[];
    description?: string;
    enum?: unknown[];
    properties?: Record<string, JsonSchema>;
    additionalProperties?: boolean | JsonSchema;
    patternProperties?: Record<string, JsonSchema>;
    items?: JsonSchema;
    anyOf?: JsonSchema[];
    [key: string]: unknown;
}

/** The JSON Schema of a list of clients, made from the schema that reads it: what an editor completes and underlines is what counts. */
export function clientListJsonSchema(): JsonSchema {
    const options = { io: "input", target: "draft-7" } as const;
    const { $schema, ...origin } = z.toJSONSchema(originSchema, options);
    const isOrigin = (schema: unknown) => schema === originInputSchema;
    const schema = z.toJSONSchema(clientListSchema, {
        ...options,
        override: ({ zodSchema, jsonSchema }) => {
            if (!isOrigin(zodSchema)) return;
            for (const key of Object.keys(jsonSchema)) delete jsonSchema[key];
            Object.assign(jsonSchema, { anyOf: [{ type: "string" }, origin] });
        },
    }) as JsonSchema;
    return { ...schema, title: "The clients of an agency", patternProperties: { "^x-": { description: "Ignored: a place for YAML anchors" } } };
}
