// The smallest example of each reference page has one source, smallest.yaml. `npm run docs:languages` writes it in the
// other languages, with the engine. Run as a program, this checks without the engine that sources and results are those
// that it saw together.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { report, repository } from "./sources.mjs";

const folder = path.join(repository, "examples/reference");
export const seenTogether = path.join(folder, "languages.json");

/** Languages that are written: as `pulumi convert` names them, the file that it writes, and the ending of ours. */
export const written = [
    { language: "typescript", program: "index.ts", ending: "ts" },
    { language: "python", program: "__main__.py", ending: "py" },
    { language: "go", program: "main.go", ending: "go" },
];

/** The folders that have a source. */
export function listExamples() {
    const names = readdirSync(folder).sort();
    return names.map((name) => path.join(folder, name)).filter((each) => existsSync(path.join(each, "smallest.yaml")));
}

/** File -> hash of its text, of every source and result. */
export function hashExamples() {
    const endings = ["yaml", ...written.map(({ ending }) => ending)];
    const files = listExamples().flatMap((each) => endings.map((ending) => path.join(each, `smallest.${ending}`)));
    const hash = (file) => createHash("sha256").update(readFileSync(file)).digest("hex").slice(0, 16);
    return Object.fromEntries(
        files.map((file) => [path.relative(folder, file), existsSync(file) ? hash(file) : "missing"]),
    );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
    const seen = JSON.parse(readFileSync(seenTogether, "utf8"));
    const now = hashExamples();
    const changed = Object.keys({ ...seen, ...now }).filter((file) => seen[file] !== now[file]);
    report(
        "language examples",
        changed.map((file) => `examples/reference/${file} is not as it was written: run \`npm run docs:languages\``),
    );
}
