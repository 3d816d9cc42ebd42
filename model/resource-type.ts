/** A kind of thing on the platform. */
export type Kind = "organization" | "membership" | "application" | "environment" | "domain" | "team";

/** A kind of resource. A guard stands for a program's own declarations, and for nothing on the platform. */
export type ResourceKind = Kind | "guard";

/**
 * The ways from a program to the code of `pulumi-section`: `dynamic` by the engine's own provider of dynamic resources,
 * `plugin` by the provider `pulumi-resource-section`. Names, properties and ids are the same over both.
 */
export type Way = "dynamic" | "plugin";

/** The engine's name of the package that the plugin serves. */
export const pluginPackage = "section";

/** The engine's types of resources begin so, and end in the name of the class. */
const typePrefixes: Readonly<Record<Way, string>> = {
    dynamic: "pulumi-nodejs:dynamic/section:",
    plugin: `${pluginPackage}:index:`,
};

const kinds: readonly ResourceKind[] = [
    "organization",
    "membership",
    "application",
    "environment",
    "domain",
    "team",
    "guard",
];

/** The class of a kind: `Organization`. */
export function classNameOf(kind: ResourceKind): string {
    return `${kind[0]?.toUpperCase()}${kind.slice(1)}`;
}

/** The engine's type for a kind: `pulumi-nodejs:dynamic/section:Organization` or `section:index:Organization`. */
export function resourceTypeOf(kind: ResourceKind, way: Way = "dynamic"): string {
    return `${typePrefixes[way]}${classNameOf(kind)}`;
}

const kindsByType = new Map(
    kinds.flatMap((kind) => (["dynamic", "plugin"] as const).map((way) => [resourceTypeOf(kind, way), kind] as const)),
);

/** The kind of a resource of `pulumi-section`, whatever way it took. Undefined for any other type. */
export function kindOfType(type: string): ResourceKind | undefined {
    return kindsByType.get(type);
}
