import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const repository = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

const packages = ["model", "display", "client", "provider", "cli", "platform", "policy", "plugin"];
/** Folders without handwritten files, and kept states, which stay as they were. */
const unwritten = /(^|\/)(dist|node_modules)(\/|$)|^test\/fixtures\/states\//;

function listFiles(folders, ending) {
    return folders.flatMap((folder) =>
        readdirSync(path.join(repository, folder), { recursive: true, withFileTypes: true })
            .filter((entry) => entry.isFile() && ending.test(entry.name))
            .map((entry) => path.relative(repository, path.join(entry.parentPath, entry.name)))
            .filter((file) => !unwritten.test(file))
            .map((file) => ({ file, text: readFileSync(path.join(repository, file), "utf8") })),
    );
}

/** Every source file of the seven packages, as paths from the root, with its text. */
export function listSources(folders = packages) {
    return listFiles(folders, /\.ts$/);
}

/** Every file of code that people write: the packages, tests, examples, tools, scripts. */
export function listWritten() {
    const others = ["test", "examples", "templates", "bench", "tools", "scripts", "deploy", "site"];
    return listFiles([...packages, ...others], /\.([cm]?js|ts)$/);
}

/** Prints the faults, and sets the exit code if there are any. */
export function report(rule, wrong) {
    for (const line of wrong) console.error(`${rule}: ${line}`);
    if (wrong.length > 0) process.exitCode = 1;
    else console.log(`${rule}: ok`);
}
