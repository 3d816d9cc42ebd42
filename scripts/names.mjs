// Names that say nothing are not names; files are kebab-case; libraries do not print.
import path from "node:path";
import { listSources, report } from "./sources.mjs";

const empty = new Set(["utils", "util", "helpers", "helper", "common", "misc", "types", "base", "manager"]);
const wrong = [];
for (const { file, text } of listSources()) {
    const parts = file.replace(/\.ts$/, "").split("/");
    for (const part of parts)
        if (empty.has(part) || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(part))
            wrong.push(`${file}: "${part}" is no name for a file or folder`);
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
        ].includes(path.basename(file))
    )
        wrong.push(`${file}: the environment is read in settings only`);
}
report("names", wrong);
