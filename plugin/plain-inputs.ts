import type { Properties } from "pulumi-section/internal";
import { loadSchema, type PackageSchema, type TypeSpec } from "./read-schema";

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

/** The paths of outputs where the schema wants a plain value. */
function* findOutputs(
    schema: PackageSchema,
    specs: readonly TypeSpec[],
    value: unknown,
    path: string,
    isOutput: (value: unknown) => boolean,
): Generator<string> {
    if (isOutput(value)) {
        if (specs.some(({ plain }) => plain === true)) yield path;
        return;
    }
    if (!isObject(value)) return;
    const types = specs.flatMap((spec) => [spec, ...(spec.oneOf ?? [])]).map((spec) => resolve(schema, spec));
    for (const [key, each] of Object.entries(value)) {
        const inside = types.map(({ items, additionalProperties, properties }) =>
            Array.isArray(value) ? items : (properties?.[key] ?? additionalProperties),
        );
        const known = inside.filter((spec) => spec !== undefined);
        const place = Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`;
        yield* findOutputs(schema, known, each, place, isOutput);
    }
}

function resolve({ types }: PackageSchema, spec: TypeSpec): TypeSpec {
    const name = spec.$ref?.replace(/^#\/types\//, "");
    return name === undefined ? spec : (types[name] ?? {});
}

/**
 * Refuses outputs of resources where a component needs the value itself: it decides which resources the component has,
 * and what their names are.
 *
 * @param isOutput of the SDK, which only a component loads
 */
export async function refuseOutputs(
    type: string,
    inputs: Properties,
    isOutput: (value: unknown) => boolean,
): Promise<void> {
    const schema = loadSchema();
    const specs = schema.resources[type]?.inputProperties ?? {};
    const found = Object.entries(inputs).flatMap(([name, value]) => [
        ...findOutputs(schema, specs[name] === undefined ? [] : [specs[name]], value, name, isOutput),
    ]);
    if (found.length === 0) return;
    throw new Error(
        `${type.split(":").at(-1)}: ${found.join(", ")} cannot be an output of another resource or a secret, because it decides which resources there are. Write the value itself.`,
    );
}
