// mocha's own spec reporter, which also leaves what it counted where tools/test.mjs adds it up.
const { writeFileSync } = require("node:fs");
const Mocha = require("mocha");

module.exports = class CountReporter extends Mocha.reporters.Spec {
    constructor(runner, options) {
        super(runner, options);
        const again = [];
        runner.on("retry", (test, error) => again.push(`${test.fullTitle()}: ${error.message}`));
        runner.once("end", () => {
            const { passes, failures, pending } = this.stats;
            const failed = this.failures.map((test) => `${test.fullTitle()}: ${test.err?.message ?? "it failed"}`);
            writeFileSync(process.env.SECTION_TEST_COUNTS, JSON.stringify({ passes, failures, pending, failed, again }));
        });
    }
};
