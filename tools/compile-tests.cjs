// What mocha loads first: tests are compiled as they are read, and find our packages in their sources, so that an old
// build hides no fault. Programs that tests start find the build, as those of others do.
const path = require("node:path");

const variable = "TSX_TSCONFIG_PATH";
process.env[variable] = path.resolve(__dirname, "../tsconfig.test.json");
require("tsx/cjs");
delete process.env[variable];
