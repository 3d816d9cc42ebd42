// mocha's own spec reporter, which also leaves its counts, and each file's time and child processes, where
// tools/test.mjs adds it up.
const { channel } = require("node:diagnostics_channel");
const { writeFileSync } = require("node:fs");
const path = require("node:path");
const Mocha = require("mocha");
const { usedSeconds } = require("./used-seconds.cjs");

/** The name of a child process: a script has its own name, not Node's, and the engine's includes its command. */
function nameOf({ spawnfile, spawnargs }) {
    const [, ...args] = spawnargs ?? [];
    const script = args.find((each) => /\.[cm]?[jt]s$/.test(each));
    const name = path.basename(spawnfile === process.execPath && script !== undefined ? script : spawnfile);
    return name === "pulumi" ? `pulumi ${args[0]}` : name;
}

module.exports = class CountReporter extends Mocha.reporters.Spec {
    constructor(runner, options) {
        super(runner, options);
        const again = [];
        runner.on("retry", (test, error) => again.push(`${test.fullTitle()}: ${error.message}`));
        const files = {};
        let begun;
        let current;
        runner.on("suite", (suite) => {
            if (!suite.parent?.root) return;
            const file = path.relative(process.cwd(), suite.file);
            current = files[file] ??= { wall: 0, cpu: 0, started: {} };
            begun = { at: performance.now(), used: usedSeconds() };
        });
        runner.on("suite end", (suite) => {
            if (!suite.parent?.root) return;
            current.wall += (performance.now() - begun.at) / 1000;
            current.cpu += usedSeconds() - begun.used;
            current = undefined;
        });
        const count = (name) => {
            if (current !== undefined) current.started[name] = (current.started[name] ?? 0) + 1;
        };
        // it is named after it is announced
        channel("child_process").subscribe(({ process: child }) => queueMicrotask(() => count(nameOf(child))));
        channel("section-test").subscribe(({ started }) => count(started));
        runner.once("end", () => {
            const { passes, failures, pending } = this.stats;
            const failed = this.failures.map((test) => `${test.fullTitle()}: ${test.err?.message ?? "it failed"}`);
            const took = { wall: process.uptime(), cpu: usedSeconds() };
            writeFileSync(
                process.env.SECTION_TEST_COUNTS,
                JSON.stringify({ passes, failures, pending, failed, again, files, took }),
            );
        });
    }
};
