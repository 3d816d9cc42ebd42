import { originInputSchema, originObjectSchema, teamMemberSchema, teamMemberShape } from "section-model";
import { z } from "zod";
import { clientListSchema } from "./client-list";

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

/**
 * The JSON Schema of a list of clients. It is made from the schema that reads the list, so that editors and the reader
 * apply the same rules.
 */
export function clientListJsonSchema(): JsonSchema {
    const options = { io: "input", target: "draft-7" } as const;
    const described = (each: z.ZodType) => {
        const { $schema, ...own } = z.toJSONSchema(each, options);
        return own;
    };
    // values that may be a text or an object: zod cannot describe a schema that has a preprocessing step
    const shortcuts = new Map<unknown, object[]>([
        [originInputSchema, [{ type: "string" }, described(originObjectSchema)]],
        [teamMemberSchema, [described(teamMemberShape.role), described(z.strictObject(teamMemberShape))]],
    ]);
    const schema = z.toJSONSchema(clientListSchema, {
        ...options,
        override: ({ zodSchema, jsonSchema }) => {
            const anyOf = shortcuts.get(zodSchema);
            if (anyOf === undefined) return;
            for (const key of Object.keys(jsonSchema)) delete jsonSchema[key];
            Object.assign(jsonSchema, { anyOf });
        },
    }) as JsonSchema;
    return {
        ...schema,
        title: "The clients of an agency",
        patternProperties: { "^x-": { description: "Ignored: a place for YAML anchors" } },
    };
}
