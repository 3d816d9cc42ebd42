// Loaded into a platform before its own code: on SIGUSR2 the failpoint is the one that SECTION_TEST_FAILPOINT_FILE
// names. The file goes when that is so.
const { readFileSync, rmSync } = require("node:fs");

process.on("SIGUSR2", () => {
    const file = process.env.SECTION_TEST_FAILPOINT_FILE;
    process.env.SECTION_PLATFORM_FAILPOINT = readFileSync(file, "utf8");
    rmSync(file);
});
