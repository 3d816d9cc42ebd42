// `npm test` and `npm run test:long`: sets everything up, then runs the parts of all groups, a few at a time, and adds
// up their counts.
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import path from "node:path";
import { ensureChromium } from "./chromium.mjs";
import { giveUp, repository, setUp } from "./setup.mjs";
import { groups } from "./test-groups.mjs";
import { chooseCases, hasCases } from "./test-suite.mjs";
import { tabulateFiles, tabulateParts } from "./test-table.mjs";

const help = `npm test [-- [GROUP...] [MOCHA OPTION...]]
npm run test:long [-- MOCHA OPTION...]

\`npm test\` runs what is quick enough to wait for, \`npm run test:long\` everything else. Named groups run as a whole:
${Object.keys(groups).join(", ")}.
Options that begin with a dash go to mocha, such as --grep "drift". SECTION_TEST_FILES=N shows the N files that took most.`;

const args = process.argv.slice(2);
if (args.includes("--help")) {
    console.log(help);
    process.exit(0);
}
const isLong = args[0] === "--long";
if (isLong) args.shift();
const firstOption = args.findIndex((arg) => arg.startsWith("-"));
const names = firstOption === -1 ? args : args.slice(0, firstOption);
const options = firstOption === -1 ? [] : args.slice(firstOption);
for (const name of names)
    if (!(name in groups)) giveUp(`there is no group ${name}; there are ${Object.keys(groups).join(", ")}`);
const usualSuite = names.length > 0 ? undefined : "short";
const suite = isLong ? "long" : usualSuite;

// parts wait for processes, files and clocks a quarter of their time, those of the long suite almost half of it
const atOnce = availableParallelism() + (isLong ? 2 : 1);
const say = (line) => console.log(`· ${line}`);
setUp(say);

function runMocha(folders, group, counts, bin) {
    const { timeoutMs, retries = 0, first = [], variables = {} } = group;
    const mocha = path.join(repository, "node_modules", "mocha", "bin", "mocha.js");
    const environment = {
        ...process.env,
        SECTION_TEST_COUNTS: counts,
        NODE_NO_WARNINGS: "1",
        ...(bin && { PATH: `${bin}${path.delimiter}${process.env.PATH}` }),
        ...variables,
    };
    // settings of the developer must not reach the programs under test
    for (const name of Object.keys(environment))
        if (/^(SECTION_(ENDPOINT|TOKEN|TOKEN_FILE|ALLOW_LIVE_DELETE|PLATFORM_.*)|DATABASE_URL|PULUMI_.*)$/.test(name))
            delete environment[name];
    const command = [
        mocha,
        "--reporter",
        path.join(repository, "tools", "count-reporter.cjs"),
        "--timeout",
        String(timeoutMs),
        "--retries",
        String(retries),
        "--recursive",
        ...first.flatMap((file) => ["--file", file]),
        ...chooseCases(group, suite, options),
        ...folders,
    ];
    // the output of parallel parts is shown one after the other
    const isAlone = parts.length === 1;
    const child = spawn(process.execPath, command, {
        cwd: repository,
        stdio: ["ignore", isAlone ? "inherit" : "pipe", isAlone ? "inherit" : "pipe"],
        env: environment,
    });
    const words = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => words.push(chunk));
    return new Promise((resolve) =>
        child.once("close", (code) => {
            process.stdout.write(Buffer.concat(words));
            resolve(code);
        }),
    );
}

/** Runs one part and returns its counts; a part that could not count has failed. */
async function runPart({ folders, group, counts }) {
    if (group.languages && suite !== "short") await languages();
    const code = await runMocha(folders, group, counts, group.engine ? await engine() : undefined);
    const counted = await readFile(counts, "utf8").then(JSON.parse, () => ({
        passes: 0,
        failures: 0,
        pending: 0,
        failed: [],
        again: [],
        files: {},
        took: { wall: 0, cpu: 0 },
    }));
    if (code !== 0 && counted.failures === 0) {
        counted.failures = 1;
        counted.failed.push(`${folders[0]} and what is run with it ended with ${code}`);
    }
    return counted;
}

let found;
const engine = () => (found ??= import("./pulumi/find-engine.mjs").then(({ findEngine }) => findEngine(say)));

let built;
/** Two minutes once per machine: where `npm test` has none, it skips the cases that need them. */
const languages = () =>
    (built ??= import("./pulumi/find-languages.mjs")
        .then(({ findLanguages }) => findLanguages(say))
        .catch((error) => say(`the language hosts are missing, and their cases are skipped: ${error.message}`)));

const folder = await mkdtemp(path.join(tmpdir(), "section-counts-"));
const chosen = Object.entries(groups).filter(
    ([name, group]) => (names.length === 0 || names.includes(name)) && hasCases(group, suite),
);
const parts = chosen.flatMap(([name, group]) =>
    group.parts.map((folders, index) => ({
        name,
        index,
        group,
        folders,
        counts: path.join(folder, `${name}-${index}.json`),
    })),
);
// it blocks this process, so nothing may run meanwhile
if (chosen.some(([, group]) => group.browser)) ensureChromium(say);
const ended = [];

/** Prints the counts of a part as soon as it has ended. */
function endPart({ name, index }, counted) {
    ended.push({ ...counted, name: `${name} ${index + 1}` });
    const { wall, cpu } = counted.took;
    say(
        `${name} ${index + 1}: ${counted.passes} passed, ${counted.failures} failed; ${Math.round(wall)} s, ${Math.round(cpu)} s of CPU`,
    );
}

const waiting = parts.filter(({ group }) => !group.alone);
/** Half of the runners begin at the end: proofs wait much, so that they go well with parts that compute. */
async function runWaiting(_, index) {
    const next = () => (index % 2 === 0 ? waiting.shift() : waiting.pop());
    for (let part = next(); part !== undefined; part = next()) endPart(part, await runPart(part));
}
await Promise.all(Array.from({ length: atOnce }, runWaiting));
for (const part of parts.filter(({ group }) => group.alone)) endPart(part, await runPart(part));
await rm(folder, { recursive: true, force: true });
ended.sort((one, other) => one.name.localeCompare(other.name));
for (const line of [
    ...tabulateParts(ended, process.uptime()),
    "",
    ...tabulateFiles(ended, process.env.SECTION_TEST_FILES),
])
    console.log(line);
// at the end, where a reader sees it
for (const { name, again } of ended) for (const line of again) say(`${name}: ran a second time, because: ${line}`);
for (const { name, failed } of ended) for (const line of failed) say(`${name}: failed: ${line}`);
const sum = (key) => ended.reduce((so, each) => so + each[key], 0);
if (sum("pending") > 0) say(`${sum("pending")} skipped`);
console.log(`${sum("passes")} passed, ${sum("failures")} failed`);
process.exit(sum("failures") > 0 || sum("passes") === 0 ? 1 : 0);
