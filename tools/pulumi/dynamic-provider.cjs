// Runs the SDK's own provider of dynamic resources, as the program's folder has it.
require("./late-modules.cjs");
require(require.resolve("@pulumi/pulumi/cmd/dynamic-provider", { paths: [process.cwd()] }));
