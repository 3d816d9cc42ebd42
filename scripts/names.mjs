// Names that say nothing are not names; files are kebab-case; libraries do not print; modules remember nothing.
import path from "node:path";
import { listSources, report } from "./sources.mjs";

const empty = new Set(["utils", "util", "helpers", "helper", "common", "misc", "types", "base", "manager"]);

/** Modules that remember something, and why. The state of a run belongs to its Run. */
const remembering = new Set([
    "provider/program/program.ts", // which run belongs to the stack that the SDK says is running
    "provider/agency/csv-columns.ts", // a constant that is made when first asked for
]);

/** The variables of a module that change after it was loaded: with `let`, or collections that are written to. */
function listMemories(text) {
    const variables = [...text.matchAll(/^(?:export )?let (\w+)/gm)].map(([, name]) => name);
    const collections = /^(?:export )?const (\w+)[^=;]*= (?:new (?:Weak)?(?:Map|Set)\b|\[|\{)/gm;
    const isWritten = (name) =>
        new RegExp(String.raw`\b${name}(\.(set|add|delete|clear|push)\(|(\.\w+|\[[^\]]+\]) (\?\?)?= )`).test(text);
    return [...variables, ...[...text.matchAll(collections)].map(([, name]) => name).filter(isWritten)];
}

const wrong = [];
for (const { file, text } of listSources()) {
    const parts = file.replace(/\.ts$/, "").split("/");
    for (const part of parts)
        if (empty.has(part) || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(part))
            wrong.push(`${file}: "${part}" is no name for a file or folder`);
    if (/^(client|provider)\//.test(file) && !remembering.has(file))
        for (const name of listMemories(text))
            wrong.push(`${file}: "${name}" is remembered by a module; give it a slot in the memory of a run`);
    if (/\bconsole\.\w+\(/.test(text)) wrong.push(`${file}: a library does not print`);
    if (/\b(TODO|FIXME|XXX)\b/.test(text)) wrong.push(`${file}: an open end stands in the code`);
    if (
        /process\.env\b/.test(text) &&
        ![
            "settings.ts",
            "terminal.ts",
            "data-command.ts",
            "failpoint.ts",
            "engine.ts",
            "health-command.ts",
            "git-environment.ts",
            "light-promises.ts",
        ].includes(path.basename(file))
    )
        wrong.push(`${file}: the environment is read in settings only`);
}
report("names", wrong);
