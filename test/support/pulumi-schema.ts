/** The parts of a Pulumi package schema that tests look at. */
export interface TypeSpec {
    type?: string;
    $ref?: string;
    items?: TypeSpec;
    additionalProperties?: TypeSpec;
    oneOf?: TypeSpec[];
}

export interface PropertySpec extends TypeSpec {
    description?: string;
    secret?: boolean;
    willReplaceOnChanges?: boolean;
}

export interface ObjectSpec {
    type?: string;
    description?: string;
    properties: Record<string, PropertySpec>;
    required?: string[];
}

/** An enumeration of texts. */
interface EnumSpec {
    type: string;
    description?: string;
    enum: { name: string; value: unknown }[];
}

export interface ResourceSpec extends ObjectSpec {
    inputProperties: Record<string, PropertySpec>;
    requiredInputs?: string[];
}

export interface PackageSpec {
    description?: string;
    config: { variables: Record<string, PropertySpec> };
    provider: Pick<ResourceSpec, "description" | "inputProperties">;
    types: Record<string, ObjectSpec | EnumSpec>;
    resources: Record<string, ResourceSpec>;
    functions: Record<string, { description?: string; inputs?: ObjectSpec; outputs: ObjectSpec }>;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
    typeof value === "object" && value !== null && !Array.isArray(value);

function isOfObject(schema: PackageSpec, value: unknown, { properties, required = [] }: ObjectSpec): boolean {
    return (
        isObject(value) &&
        required.every((key) => value[key] !== undefined) &&
        Object.entries(value).every(
            ([key, each]) => properties[key] !== undefined && hasType(schema, each, properties[key]),
        )
    );
}

/** Whether a plain value is of a type, as the engine's binder and the SDKs understand it. */
export function hasType(schema: PackageSpec, value: unknown, spec: TypeSpec): boolean {
    if (spec.oneOf !== undefined) return spec.oneOf.some((each) => hasType(schema, value, each));
    if (spec.$ref !== undefined) {
        const type = schema.types[spec.$ref.replace("#/types/", "")];
        if (type === undefined) throw new Error(`${spec.$ref} is not in the schema`);
        return "enum" in type ? type.enum.some((each) => each.value === value) : isOfObject(schema, value, type);
    }
    switch (spec.type) {
        case "integer":
            return Number.isInteger(value);
        case "array":
            return Array.isArray(value) && value.every((each) => hasType(schema, each, spec.items as TypeSpec));
        case "object":
            return (
                isObject(value) &&
                Object.values(value).every((each) => hasType(schema, each, spec.additionalProperties as TypeSpec))
            );
        default:
            return typeof value === spec.type;
    }
}
