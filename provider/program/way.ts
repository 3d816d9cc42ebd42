import * as pulumi from "@pulumi/pulumi";
import { providerTypes, type ResourceKind, resourceTypeOf, type Way } from "../run/resource-kind";

/** The way that the running program chose by the stack config `section:plugin`. Default: `dynamic`. */
export function currentWay(): Way {
    const chosen = pulumi.runtime.getConfig("section:plugin");
    if (chosen === undefined || chosen === "false") return "dynamic";
    if (chosen === "true") return "plugin";
    throw new pulumi.RunError(
        `section:plugin is ${JSON.stringify(chosen)}. Write true, to register resources with the plugin pulumi-resource-section, or false.`,
    );
}

const otherThan = (way: Way): Way => (way === "dynamic" ? "plugin" : "dynamic");

/**
 * The alias by which the engine knows a resource that the state has from the other way: a changed `section:plugin`
 * replaces nothing. The engine keeps no such alias in the state.
 */
export function aliasOfOtherWay(kind: ResourceKind, way: Way): pulumi.Alias {
    return { type: resourceTypeOf(kind, otherThan(way)) };
}

/** The same for a provider that the program names: it stays, and its resources go on with it. */
export function providerAliasOfOtherWay(way: Way): pulumi.Alias {
    return { type: providerTypes[otherThan(way)] };
}
