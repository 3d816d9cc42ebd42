// mocha's own spec reporter, which also leaves what it counted, and how long each file took, where tools/test.mjs adds
// it up.
const { writeFileSync } = require("node:fs");
const path = require("node:path");
const Mocha = require("mocha");

module.exports = class CountReporter extends Mocha.reporters.Spec {
    constructor(runner, options) {
        super(runner, options);
        const again = [];
        runner.on("retry", (test, error) => again.push(`${test.fullTitle()}: ${error.message}`));
        const secondsOf = {};
        const begun = new Map();
        runner.on("suite", (suite) => suite.parent?.root && begun.set(suite, Date.now()));
        runner.on("suite end", (suite) => {
            if (!begun.has(suite)) return;
            const file = path.relative(process.cwd(), suite.file);
            secondsOf[file] = (secondsOf[file] ?? 0) + (Date.now() - begun.get(suite)) / 1000;
        });
        runner.once("end", () => {
            const { passes, failures, pending } = this.stats;
            const failed = this.failures.map((test) => `${test.fullTitle()}: ${test.err?.message ?? "it failed"}`);
            writeFileSync(
                process.env.SECTION_TEST_COUNTS,
                JSON.stringify({ passes, failures, pending, failed, again, secondsOf }),
            );
        });
    }
};
