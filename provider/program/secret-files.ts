import * as pulumi from "@pulumi/pulumi";

/**
 * The paths of the files that the program marks as secret, for the provider: the engine hands it their content without
 * the mark. Undefined where all are plain text.
 */
export function listSecretFiles(config: unknown): pulumi.Input<string[]> | undefined {
    if (typeof config !== "object" || config === null) return undefined;
    if (pulumi.Output.isInstance(config)) {
        const files = pulumi.all([config, pulumi.isSecret(config)]);
        return pulumi.unsecret(files.apply(([known, isSecret]) => (isSecret ? Object.keys(known ?? {}) : [])));
    }
    const later = Object.entries(config).filter(([, content]) => pulumi.Output.isInstance(content));
    if (later.length === 0) return undefined;
    const named = later.map(async ([path, content]) => ((await pulumi.isSecret(content)) ? [path] : []));
    return Promise.all(named).then((paths) => paths.flat());
}
