/** A kind of resource as `pulumi-section/dynamic` exports it. */
export type Kind = "organization" | "membership" | "application" | "environment" | "domain" | "team";

/** The type that the engine knows a kind by. */
export function resourceTypeOf(kind: Kind): string {
    return `pulumi-nodejs:dynamic/section:${kind[0]?.toUpperCase()}${kind.slice(1)}`;
}

/** The same text for ever: nothing is serialised, and an upgrade of the package is an upgrade of what runs. */
export function providerTextOf(kind: Kind): string {
    return `exports.handler=()=>require("pulumi-section/dynamic").${kind}`;
}
