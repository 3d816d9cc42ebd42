import { explainUnknownProperty, formatPropertyPath, type Issue, type PathIssue } from "section-model";
import type { z } from "zod";

/** Options of every resource, which people also write among the properties. */
const options: readonly string[] = [
    ...["additionalSecretOutputs", "aliases", "customTimeouts", "deleteBeforeReplace", "deletedWith", "dependsOn"],
    ...["ignoreChanges", "import", "parent", "protect", "provider", "replaceOnChanges", "retainOnDelete"],
    ...["transformations", "transforms"],
];

/** The names of the properties of the object that stands at a path of a schema. */
export function namesAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): string[] {
    const { def } = (schema as z.core.$ZodTypes)._zod;
    if (def.type === "optional") return namesAt(def.innerType, path);
    if (def.type === "pipe") return [...namesAt(def.in, path), ...namesAt(def.out, path)];
    if (def.type === "union") return def.options.flatMap((option) => namesAt(option, path));
    const [key, ...rest] = path;
    if (def.type === "object") {
        const inner = def.shape[key as string];
        if (key === undefined) return Object.keys(def.shape);
        return inner === undefined ? [] : namesAt(inner, rest);
    }
    if (key === undefined) return [];
    if (def.type === "array") return namesAt(def.element, rest);
    return def.type === "record" ? namesAt(def.valueType, rest) : [];
}

/** The issue for a person: of an unknown property with the name that was probably meant. */
export function withNearestName(schema: z.ZodObject, { path, reason, isUnknown }: PathIssue): Issue {
    const property = formatPropertyPath(path);
    if (!isUnknown) return { property, reason };
    const holder = path.slice(0, -1);
    const name = String(path.at(-1));
    if (holder.length > 0) return { property, reason: explainUnknownProperty(name, namesAt(schema, holder)) };
    if (options.includes(name))
        return { property, reason: "is an option and no property: write it in the resource's third argument" };
    return { property, reason: explainUnknownProperty(name, [...namesAt(schema, []), "adopt"]) };
}
