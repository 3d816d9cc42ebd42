// Runs the SDK's own provider of dynamic resources, as the program's folder has it.
const { createRequire } = require("node:module");
const { refuseImport } = require("./refuse-import.cjs");
require("./late-modules.cjs");
const provider = require.resolve("@pulumi/pulumi/cmd/dynamic-provider", { paths: [process.cwd()] });
refuseImport(createRequire(provider)("@grpc/grpc-js"));
require(provider);
