/** A kind of thing on the platform. */
export type Kind = "organization" | "membership" | "application" | "environment" | "domain" | "team";

/** A kind of resource as `pulumi-section/dynamic` exports it. */
export type ResourceKind = Kind | "guard";

/** The class of a kind: `Organization`. */
export function classNameOf(kind: ResourceKind): string {
    return `${kind[0]?.toUpperCase()}${kind.slice(1)}`;
}

/** The engine's type for a kind. */
export function resourceTypeOf(kind: ResourceKind): string {
    return `pulumi-nodejs:dynamic/section:${classNameOf(kind)}`;
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
