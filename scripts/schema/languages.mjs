// How the package is named in each language.
/** @param host the address of the project, without its scheme */
export function languagesOf(host) {
    const modulePath = `${host}/pulumi-section/sdk/go`;
    return {
        // programs that `pulumi import` writes use the classes of the npm package
        nodejs: { packageName: "pulumi-section", respectSchemaVersion: true },
        python: { packageName: "pulumi_section", pyproject: { enabled: true }, respectSchemaVersion: true },
        go: {
            importBasePath: `${modulePath}/section`,
            modulePath,
            // Agency returns maps of resources, and takes a list of plain objects
            generateResourceContainerTypes: true,
            generateExtraInputTypes: true,
            respectSchemaVersion: true,
        },
        csharp: { namespaces: { section: "Section" }, respectSchemaVersion: true },
        java: { buildFiles: "gradle", dependencies: { "com.pulumi:pulumi": "1.16.0" } },
    };
}
