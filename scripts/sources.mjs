import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const repository = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

/** Every source file of the seven packages, as paths from the root, with its text. */
export function listSources(folders = ["model", "display", "client", "provider", "cli", "platform", "policy"]) {
    return folders.flatMap((folder) =>
        readdirSync(path.join(repository, folder), { recursive: true, withFileTypes: true })
            .filter(
                (entry) =>
                    entry.isFile() && entry.name.endsWith(".ts") && !entry.parentPath.includes(`${path.sep}dist`),
            )
            .map((entry) => path.relative(repository, path.join(entry.parentPath, entry.name)))
            .map((file) => ({ file, text: readFileSync(path.join(repository, file), "utf8") })),
    );
}

/** Prints what is wrong and ends with the exit code that says so. */
export function report(rule, wrong) {
    for (const line of wrong) console.error(`${rule}: ${line}`);
    if (wrong.length > 0) process.exitCode = 1;
    else console.log(`${rule}: ok`);
}
