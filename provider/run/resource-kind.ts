import { pluginPackage, type ResourceKind, type Way } from "section-model/resource-type";

// a program needs these before anything of `section-model` is loaded
export * from "section-model/resource-type";

/** The package that provides a way's resources to the engine. */
export const packageOf: Readonly<Record<Way, string>> = { dynamic: "pulumi-nodejs", plugin: pluginPackage };

/** The engine's types of the providers of our resources. That of dynamic resources serves other packages' too. */
export const providerTypes: Readonly<Record<Way, string>> = {
    dynamic: `pulumi:providers:${packageOf.dynamic}`,
    plugin: `pulumi:providers:${packageOf.plugin}`,
};

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
