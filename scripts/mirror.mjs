// Every source file that does something has a test of its own at the mirrored place, or is named by one that covers
// several; and every test is run by a group of `npm test`.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { groups } from "../tools/test-groups.mjs";
import { listSources, report, repository } from "./sources.mjs";

/** True when a file does something at run time. */
function doesSomething(text) {
    return /^(export )?(async )?(function|class|abstract class)\b|=>/m.test(
        text.replaceAll(/^\s*(\/\/|\*|\/\*).*$/gm, ""),
    );
}

const tests = readdirSync(path.join(repository, "test"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(test|proof|story)\.ts$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name));
const imports = tests.map((file) => readFileSync(file, "utf8")).join("\n");

const places = Object.values(groups).flatMap(({ parts }) => parts.flat());
const isRun = (file) =>
    places.some(
        (place) => file === place || file.startsWith(`${place}/`) || `${path.dirname(file)}/*.test.ts` === place,
    );
const forgotten = tests.map((file) => path.relative(repository, file)).filter((file) => !isRun(file));

/**
 * Files that no test imports: tests of classes and of programs, of commands, and stories run them. This list shrinks.
 */
const others = {
    "provider/config": ["config-files", "config-source", "wrong"],
    "provider/program": [
        "declared-source",
        "declared-twice",
        "program",
        "guard",

        "secret-warning",
        "single-things",
    ],
    "cli/adopt": ["command"],
    "cli/apply": ["apply-plan", "command", "find-movement"],
    "cli/drift": ["absorb", "find-drift", "report", "shown-value"],
    "cli/engine": ["command-session", "interrupt", "run-preview", "work-folder"],
    "cli/next": ["command"],
    "cli/plan": ["command", "plan-key", "take-plan"],
    "cli/rehearse": ["command", "copied-stack", "embedded-platform", "rehearse"],
    "cli/terminal": ["ask", "colour", "failure"],
    "cli/waves": ["apply-targets", "health-command", "health-request", "report", "run-waves"],
    "cli/whoami": ["command"],
};
/** A noun's verbs are tested as the noun has them: by tests that import the file with the noun's name. */
const nounOfVerb = (file) => file.replace(/^(provider\/nouns\/([\w-]+))\/(lapse|observe|ensure|remove)\.ts$/, "$1/$2");
const runByOthers = (file) =>
    /^(platform\/command\/|provider\/(resources\/|[\w-]+\.ts$))/.test(file) ||
    others[path.dirname(file)]?.includes(path.basename(file, ".ts"));

const wrong = listSources()
    .filter(
        ({ file, text }) => doesSomething(text) && path.basename(file) !== "index.ts" && !file.includes("/migrations/"),
    )
    .map(({ file }) => file)
    .filter((file) => {
        if (existsSync(path.join(repository, "test", file.replace(/\.ts$/, ".test.ts")))) return false;
        const place = file.replace(/\.ts$/, "");
        return !imports.includes(`/${place}"`) && !imports.includes(`/${nounOfVerb(file)}"`);
    })
    .filter((file) => !runByOthers(file));
report("mirror", [
    ...wrong.map(
        (file) => `${file} has no test at test/${file.replace(/\.ts$/, ".test.ts")}, and no other test imports it`,
    ),
    ...forgotten.map((file) => `${file} is in no group of tools/test-groups.mjs`),
]);
