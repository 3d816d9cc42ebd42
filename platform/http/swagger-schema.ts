import { z } from "zod";
import { definitions } from "./schema-definitions";

/** A schema in the words of Swagger 2.0, which are fewer than JSON Schema's. */
export interface SwaggerSchema {
    $ref?: string;
    type?: string;
    format?: string;
    pattern?: string;
    enum?: unknown[];
    default?: unknown;
    minimum?: number;
    maximum?: number;
    items?: SwaggerSchema;
    properties?: Record<string, SwaggerSchema>;
    required?: string[];
    additionalProperties?: boolean | SwaggerSchema;
    "x-nullable"?: true;
    "x-extension"?: string;
    [key: string]: unknown;
}

// biome-ignore lint/suspicious/noExplicitAny: JSON Schema as zod writes it
type JsonSchema = Record<string, any>;

const sameIn = <T>(values: readonly T[]): boolean => values.every((value) => value === values[0]);

/** One schema that takes every value that any of several takes: Swagger 2.0 has no word for "or". */
function merge(branches: readonly SwaggerSchema[]): SwaggerSchema {
    const [first, ...others] = branches;
    if (first === undefined) return {};
    if (others.length === 0) return first;
    if (!sameIn(branches.map(({ type }) => type)) || first.type === undefined) return {};
    if (first.type !== "object") {
        const words = branches.map((branch) => branch.enum);
        return { type: first.type, ...(words.every((list) => list !== undefined) && { enum: words.flat() }) };
    }
    const names = [...new Set(branches.flatMap(({ properties = {} }) => Object.keys(properties)))];
    const shapesOf = (name: string) =>
        branches.flatMap(({ properties = {} }) => (properties[name] === undefined ? [] : [properties[name]]));
    const properties = names.map((name) => [name, merge(shapesOf(name))]);
    const required = names.filter((name) => branches.every((branch) => branch.required?.includes(name)));
    return { type: "object", properties: Object.fromEntries(properties), ...(required.length > 0 && { required }) };
}

/** Turns zod schemas into Swagger's, and collects those that have a name. */
export class SwaggerSchemas {
    /** Those that something shown refers to. */
    readonly definitions: Record<string, SwaggerSchema> = {};
    #named: JsonSchema = {};

    /** @param extensions false leaves out the fields that v1 does not have */
    constructor(private readonly extensions: boolean) {}

    /** The schema of a body, a parameter or, with `output`, of an answer. */
    of(schema: z.ZodType, io: "input" | "output"): SwaggerSchema {
        const {
            $schema,
            definitions: named = {},
            ...own
        } = z.toJSONSchema(schema, {
            target: "draft-4",
            io,
            unrepresentable: "any",
            metadata: definitions,
        }) as JsonSchema;
        this.#named = named;
        return this.#convert(own, io);
    }

    #convert(json: JsonSchema, io: "input" | "output"): SwaggerSchema {
        if (json.shownAs !== undefined) return json.shownAs;
        const { allOf, anyOf, oneOf, type, items, properties, additionalProperties, ...rest } = json;
        if (rest.$ref !== undefined) return this.#refer(rest.$ref, io);
        const alternatives = (anyOf ?? oneOf ?? []) as JsonSchema[];
        const nullable =
            (Array.isArray(type) && type.includes("null")) || alternatives.some((each) => each.type === "null");
        const plain = Array.isArray(type) ? type.find((word) => word !== "null") : type;
        const schema: SwaggerSchema = {
            ...(plain !== undefined && { type: plain }),
            ...merge(alternatives.filter((each) => each.type !== "null").map((each) => this.#convert(each, io))),
            ...rest,
            ...(nullable && { "x-nullable": true as const }),
        };
        if (allOf !== undefined) schema.allOf = (allOf as JsonSchema[]).map((each) => this.#convert(each, io));
        if (items !== undefined) schema.items = this.#convert(items, io);
        if (properties !== undefined) schema.properties = this.#convertProperties(properties, io);
        // an answer may get more fields without anybody being told; a body may not have others than these
        if (additionalProperties === false && io === "input") schema.additionalProperties = false;
        if (typeof additionalProperties === "object" && Object.keys(additionalProperties).length > 0)
            schema.additionalProperties = this.#convert(additionalProperties, io);
        return simplify(schema);
    }

    #refer($ref: string, io: "input" | "output"): SwaggerSchema {
        const name = $ref.replace(/^.*\//, "");
        if (this.definitions[name] === undefined) {
            this.definitions[name] = {}; // it may refer to itself
            this.definitions[name] = this.#convert(this.#named[name], io);
        }
        return { $ref };
    }

    #convertProperties(properties: JsonSchema, io: "input" | "output"): Record<string, SwaggerSchema> {
        const shown = Object.entries(properties).filter(
            ([, property]) => this.extensions || property["x-extension"] === undefined,
        );
        return Object.fromEntries(shown.map(([name, property]) => [name, this.#convert(property as JsonSchema, io)]));
    }
}

/** Removes properties that only zod needs, and marks whole numbers as such. */
function simplify(schema: SwaggerSchema): SwaggerSchema {
    if (schema.format === "date-time") delete schema.pattern;
    if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
    if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
    if (schema.type === "number" && schema.enum?.every(Number.isInteger)) schema.type = "integer";
    if (schema.type === "integer" && schema.enum === undefined) schema.format ??= "int32";
    return schema;
}
