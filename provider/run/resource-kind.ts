/** A kind of thing on the platform. */
export type Kind = "organization" | "membership" | "application" | "environment" | "domain" | "team";

/** A kind of resource as `pulumi-section/dynamic` exports it. */
export type ResourceKind = Kind | "guard";

/** The class of a kind: `Organization`. */
export function classNameOf(kind: ResourceKind): string {
    return `${kind[0]?.toUpperCase()}${kind.slice(1)}`;
}

/**
 * The ways from a program to this package's code: `dynamic` by the engine's own provider of dynamic resources, `plugin`
 * by the provider `pulumi-resource-section`. Names, properties and ids are the same over both.
 */
export type Way = "dynamic" | "plugin";

/** The engine's name of the package that the plugin serves. */
export const pluginPackage = "section";

/** The package that provides a way's resources to the engine. */
export const packageOf: Readonly<Record<Way, string>> = { dynamic: "pulumi-nodejs", plugin: pluginPackage };

/** The engine's types of the providers of our resources. That of dynamic resources serves other packages' too. */
export const providerTypes: Readonly<Record<Way, string>> = {
    dynamic: `pulumi:providers:${packageOf.dynamic}`,
    plugin: `pulumi:providers:${packageOf.plugin}`,
};

/** The engine's type for a kind. */
export function resourceTypeOf(kind: ResourceKind, way: Way = "dynamic"): string {
    return way === "plugin" ? pluginTypeOf(kind) : `pulumi-nodejs:dynamic/section:${classNameOf(kind)}`;
}

/** The engine's type for a kind that the plugin serves: `section:index:Organization`. */
export function pluginTypeOf(kind: ResourceKind): string {
    return `${pluginPackage}:index:${classNameOf(kind)}`;
}

const kinds: readonly ResourceKind[] = [
    "organization",
    "membership",
    "application",
    "environment",
    "domain",
    "team",
    "guard",
];

const kindsByType = new Map(
    kinds.flatMap((kind) => [[resourceTypeOf(kind), kind] as const, [pluginTypeOf(kind), kind] as const]),
);

/** The kind of a resource of this package, whatever way it took. Undefined for any other type. */
export function kindOfType(type: string): ResourceKind | undefined {
    return kindsByType.get(type);
}

/**
 * This text never changes: no code is serialised into the state, so that an upgrade of the package upgrades the code
 * that runs.
 */
export function providerTextOf(kind: ResourceKind): string {
    return `exports.handler=()=>require("pulumi-section/dynamic").${kind}`;
}

const providerText = /^exports\.handler=\(\)=>require\("pulumi-section\/dynamic"\)\.(\w+)$/;

/** The kind in such a text, which may be one of a later version. Undefined for any other text. */
export function kindOfProviderText(text: string): string | undefined {
    return providerText.exec(text)?.[1];
}
