// Mocha loads this first. Tests are compiled when they are read and import our packages' sources, so that an old build
// hides no fault. Programs that tests start import the build, as programs of users do.
const path = require("node:path");

const variable = "TSX_TSCONFIG_PATH";
process.env[variable] = path.resolve(__dirname, "../tsconfig.test.json");
require("tsx/cjs");
delete process.env[variable];

// a test is about a person's machine, unless it says otherwise: in CI a preview requires the platform
delete process.env.CI;
