import { nameOfUrn, pluginPackage } from "pulumi-section/internal";

/** The engine's types of the providers of our resources. That of dynamic resources serves other packages' too. */
export const providerTypes = {
    dynamic: "pulumi:providers:pulumi-nodejs",
    plugin: `pulumi:providers:${pluginPackage}`,
} as const;

/** True for the provider that the engine makes for resources that name none. */
export function isDefaultProvider(urn: string): boolean {
    return /^default(_\d+_\d+_\d+.*)?$/.test(nameOfUrn(urn));
}
