import path from "node:path";
import picomatch from "picomatch";
import type { BinaryFile } from "section-model";
import { type ConfigSource, mergeSources, refuseLarge, wrong } from "./config-source";

export type { BinaryFile } from "section-model";
export type { ConfigSource } from "./config-source";

/** Path in the repository -> text, or `{ base64 }` of a binary file. */
export type ConfigFiles = Record<string, string | BinaryFile>;

export interface ConfigFromOptions {
    /** What `{{name}}` in a text stands for. Every variable must be used, and every one used must be given. */
    variables?: Readonly<Record<string, string | number>>;
    /** Globs of the paths that count, such as `varnish/**`. Default: all. */
    include?: string | readonly string[];
    /** Globs of paths that do not count; they beat `include`. */
    exclude?: string | readonly string[];
}

const placeholder = /\{\{\s*([A-Za-z_][A-Za-z0-9_]*)\s*\}\}/g;

function fillIn(text: string, place: string, variables: Readonly<Record<string, string | number>>, used: Set<string>): string {
    return text.replace(placeholder, (_, name: string, offset: number) => {
        if (!Object.hasOwn(variables, name)) {
            const line = text.slice(0, offset).split("\n").length;
            throw wrong(`${place}:${line}: {{${name}}} has no value`, `Give it as variables: { ${name}: ... }`);
        }
        used.add(name);
        return String(variables[name]);
    });
}

/** Whether a path counts: `**` spans folders, `*` does not, names that begin with a dot are like others. */
function chooser({ include = "**", exclude = [] }: ConfigFromOptions): (file: string) => boolean {
    const isIncluded = picomatch([include].flat(), { dot: true });
    const isExcluded = picomatch([exclude].flat(), { dot: true });
    return (file) => isIncluded(file) && !isExcluded(file);
}

const said = (source: ConfigSource) => (typeof source === "string" ? path.resolve(source) : "the given files");

/**
 * Reads configuration files as `config` of an Environment. `varnish/default.vcl` below a folder becomes `varnish/default.vcl` in
 * the repository. Of several sources the later ones win, file by file: a shared base first, then what a client or site has of its own.
 * `{{name}}` in a text is replaced by the variable of that name; files that are no UTF-8 text become `{ base64 }`, unchanged.
 *
 * @param sources a folder relative to the working directory of the program, files as `{ path: text }`, or a list of these. At most
 * 256 KiB per text and 1 MiB of them together, 1 MiB per binary file and 4 MiB of them together
 * @throws Problem `invalid-input` naming file and line for a missing variable, the file and its size where it is too large, links, a
 * variable that no file uses
 * @example
 * const config = section.configFrom(["./proxy", `./clients/${client}`, { "varnish/robots.txt": "User-agent: *\n" }], {
 *     variables: { ttl: "6h" },
 *     exclude: "**\/*.md",
 * });
 */
export function configFrom(sources: ConfigSource | readonly ConfigSource[], options: ConfigFromOptions = {}): ConfigFiles {
    const { variables = {} } = options;
    const list = [sources].flat() as ConfigSource[];
    const counts = chooser(options);
    const used = new Set<string>();
    const files = [...mergeSources(list)]
        .filter(([name]) => counts(name))
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([name, { place, read }]) => {
            const content = read();
            return { name, place, content: typeof content === "string" ? fillIn(content, place, variables, used) : content };
        });
    const where = list.map(said).join(", ");
    if (files.length === 0) throw wrong(`no file of ${where} counts`, "Correct include and exclude, which are globs of paths such as varnish/**");
    refuseLarge(files);
    const unused = Object.keys(variables).filter((name) => !used.has(name));
    if (unused.length > 0)
        throw wrong(`no file of ${where} uses ${unused.map((name) => `{{${name}}}`).join(", ")}`, "Remove the variable or correct its spelling");
    return Object.fromEntries(files.map(({ name, content }) => [name, content]));
}
