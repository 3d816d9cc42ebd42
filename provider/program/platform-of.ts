import * as pulumi from "@pulumi/pulumi";
import { Slot } from "../run/memory";
import { packageOf, resourceTypeOf } from "../run/resource-kind";
import { findSettings } from "../run/settings";
import { currentRun } from "./program";
import { currentWay } from "./way";

type Place = string | pulumi.Output<string>;

/** The endpoints of explicit providers. */
const endpoints = new Slot(() => new Map<pulumi.ProviderResource, Place>());

/** The endpoint in its normal spelling. Default: that of the stack. */
function spellEndpoint(explicit?: string): string {
    const config = { get: pulumi.runtime.getConfig };
    const { endpoint } = explicit === undefined ? findSettings(config) : findSettings({ get: () => explicit }, {});
    return endpoint ?? "";
}

/** Remembers the endpoint of an explicit provider. */
export function noteEndpoint(provider: pulumi.ProviderResource, endpoint: pulumi.Input<string> | undefined): void {
    const isText = endpoint === undefined || typeof endpoint === "string";
    const place = isText ? spellEndpoint(endpoint) : pulumi.output(endpoint).apply(spellEndpoint);
    currentRun().memory.of(endpoints).set(provider, place);
}

const packageNameOf = (provider: pulumi.ProviderResource) =>
    (provider as unknown as { getPackage(): string }).getPackage();

/**
 * The platform of a resource with these options: its endpoint, as a value to compare. A provider of an unknown class is
 * a platform of its own.
 */
export function platformOf({ provider, parent }: pulumi.CustomResourceOptions = {}): Place | pulumi.ProviderResource {
    const way = currentWay();
    const own = provider !== undefined && packageNameOf(provider) === packageOf[way] ? provider : undefined;
    const explicit = own ?? parent?.getProvider(resourceTypeOf("organization", way));
    if (explicit === undefined) return spellEndpoint();
    return currentRun().memory.of(endpoints).get(explicit) ?? explicit;
}
