import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { Problem } from "section-model";

export interface ConfigFromOptions {
    /** What `{{name}}` in a file stands for. Every variable must be used, and every one used must be given. */
    variables?: Readonly<Record<string, string | number>>;
}

const maxFileBytes = 256 * 1024;
const maxTotalBytes = 1024 * 1024;
const placeholder = /\{\{\s*([A-Za-z_][A-Za-z0-9_]*)\s*\}\}/g;
const ignored = new Set([".git", ".DS_Store", "node_modules"]);

function wrong(detail: string, remedy: string): Problem {
    return new Problem("invalid-input", detail, { remedy, property: "config" });
}

function listFiles(folder: string, below = ""): string[] {
    return readdirSync(path.join(folder, below), { withFileTypes: true })
        .filter(({ name }) => !ignored.has(name))
        .sort((one, other) => (one.name < other.name ? -1 : 1))
        .flatMap((entry) => {
            const name = below === "" ? entry.name : `${below}/${entry.name}`;
            if (entry.isDirectory()) return listFiles(folder, name);
            if (entry.isFile()) return [name];
            throw wrong(`${path.join(folder, name)} is neither a file nor a folder`, "Copy the content: symbolic links are not allowed in a configuration");
        });
}

function readText(file: string): string {
    const data = readFileSync(file);
    if (data.length > maxFileBytes)
        throw wrong(`${file} has ${data.length} bytes`, `Keep each file under ${maxFileBytes} bytes: the whole text is shown in previews`);
    try {
        return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(data);
    } catch {
        throw wrong(`${file} is not UTF-8 text`, "Push binary files with git; files that are not declared are left alone");
    }
}

function fillIn(text: string, file: string, variables: Readonly<Record<string, string | number>>, used: Set<string>): string {
    return text.replace(placeholder, (_, name: string, offset: number) => {
        if (!Object.hasOwn(variables, name)) {
            const line = text.slice(0, offset).split("\n").length;
            throw wrong(`${file}:${line}: {{${name}}} has no value`, `Give it as variables: { ${name}: ... }`);
        }
        used.add(name);
        return String(variables[name]);
    });
}

/**
 * Reads a folder of configuration files as `config` of an Environment: `varnish/default.vcl` below the folder becomes
 * `varnish/default.vcl` in the repository. `{{name}}` is replaced by the variable of that name.
 *
 * @param folder relative to the working directory of the program; at most 256 KiB per file and 1 MiB together
 * @throws Problem `invalid-input` naming file and line for a missing variable, for binary files, links and files too large
 * @example
 * const config = section.configFrom("./proxy", { variables: { ttl: "6h" } });
 */
export function configFrom(folder: string, { variables = {} }: ConfigFromOptions = {}): Record<string, string> {
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
        throw wrong(`${path.resolve(folder)} is not a folder`, "Name a folder, relative to where the program runs");
    const used = new Set<string>();
    const files: Record<string, string> = {};
    let total = 0;
    for (const name of listFiles(folder)) {
        const file = path.join(folder, name);
        files[name] = fillIn(readText(file), file, variables, used);
        total += Buffer.byteLength(files[name] as string);
    }
    if (Object.keys(files).length === 0)
        throw wrong(`${path.resolve(folder)} has no files`, "Put the files of the repository there, such as varnish/default.vcl");
    if (total > maxTotalBytes) throw wrong(`${folder} has ${total} bytes`, `Keep a configuration under ${maxTotalBytes} bytes`);
    const unused = Object.keys(variables).filter((name) => !used.has(name));
    if (unused.length > 0)
        throw wrong(`no file of ${folder} uses ${unused.map((name) => `{{${name}}}`).join(", ")}`, "Remove the variable or correct its spelling");
    return files;
}
