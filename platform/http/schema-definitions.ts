import { z } from "zod";

interface Shown {
    /** Its name among the definitions. */
    id?: string;
    description?: string;
    /** The extension that a field belongs to; when extensions are off, it is not there. */
    "x-extension"?: string;
    /** Replaces, in the description, the schema that zod would write. */
    shownAs?: Record<string, unknown>;
    [key: string]: unknown;
}

/** The facts of schemas beyond their shape, for the description of the API. */
export const definitions = z.registry<Shown>();

/** Gives a schema its name in the description, and other facts that zod does not know. */
export function named<S extends z.ZodType>(id: string, schema: S, more: Shown = {}): S {
    definitions.add(schema, { ...more, id });
    return schema;
}

/** A field that v1 does not have: there with extensions only, and even then only when there is something to say. */
export function extended<S extends z.ZodType>(extension: string, schema: S): z.ZodOptional<S> {
    const field = schema.optional();
    definitions.add(field, { "x-extension": extension });
    return field;
}

/** A body or query as v1 has it: its extended fields are as unknown as any other word. */
export function withoutExtensions(schema: z.ZodType): z.ZodType {
    if (!(schema instanceof z.ZodObject)) return schema;
    const fields = Object.entries(schema.shape).filter(
        ([, field]) => definitions.get(field as z.ZodType)?.["x-extension"] === undefined,
    );
    return schema.clone({ ...schema.def, shape: Object.fromEntries(fields) });
}

/** Adds facts to a schema that zod does not know, such as a default that comes into force later. */
export function noted<S extends z.ZodType>(schema: S, more: Shown): S {
    definitions.add(schema, more);
    return schema;
}

/** A schema that reads text, such as a number in a path, is shown as the type that the text means. */
export function shownAs<S extends z.ZodType>(schema: S, shown: Record<string, unknown>): S {
    definitions.add(schema, { shownAs: shown });
    return schema;
}

/** Edits of files by path, as the description shows them: Swagger has no word for their several kinds. */
export const shownEdits = { type: "object", additionalProperties: {} };
