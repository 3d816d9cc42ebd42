import { nameOfUrn, packageOf } from "pulumi-section/internal";

/** The engine's types of the providers of our resources. That of dynamic resources serves other packages' too. */
export const providerTypes = {
    dynamic: `pulumi:providers:${packageOf.dynamic}`,
    plugin: `pulumi:providers:${packageOf.plugin}`,
} as const;

/** True for the provider that the engine makes for resources that name none. */
export function isDefaultProvider(urn: string): boolean {
    return /^default(_|$)/.test(nameOfUrn(urn));
}
