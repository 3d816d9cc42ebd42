// What mocha loads first: TypeScript is compiled as it is loaded, and packages of this repository are found in their
// sources, so that no old build hides a fault. Processes that tests start run what is built.
const path = require("node:path");

process.env.TSX_TSCONFIG_PATH = path.resolve(__dirname, "..", "tsconfig.test.json");
require("tsx/cjs");
delete process.env.TSX_TSCONFIG_PATH; // it is for this process
