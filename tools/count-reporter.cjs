// mocha's own spec reporter, which also leaves its counts where tools/test.mjs adds them up.
const { writeFileSync } = require("node:fs");
const Mocha = require("mocha");

module.exports = class CountReporter extends Mocha.reporters.Spec {
    constructor(runner, options) {
        super(runner, options);
        runner.once("end", () => {
            const { passes, failures, pending } = this.stats;
            writeFileSync(process.env.SECTION_TEST_COUNTS, JSON.stringify({ passes, failures, pending }));
        });
    }
};
