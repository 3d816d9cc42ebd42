import { model } from "./late-module";

/** Every argument, so that one that is added later must be added here. */
export type ArgumentNames<Args> = { readonly [Name in keyof Required<Args>]: true };

/**
 * A line for each property of an object that is none, with the one that was probably meant. A compiler finds them, and
 * a preview does not compile.
 *
 * @param path to the object
 */
export function listUnknown(value: unknown, names: object, path: readonly PropertyKey[] = []): string[] {
    if (typeof value !== "object" || value === null) return [];
    const unknown = Object.entries(value).filter(
        ([name, each]) => each !== undefined && !Object.hasOwn(names, name) && !name.startsWith("__"),
    );
    return unknown.map(([name]) => {
        const property = model.formatPropertyPath([...path, name]);
        return `${property}: ${model.explainUnknownProperty(name, Object.keys(names))}`;
    });
}
