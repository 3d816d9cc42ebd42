import path from "node:path";
import picomatch from "picomatch";
import type { BinaryFile } from "section-model";
import {
    type ConfigSource,
    mergeSources,
    refuseExecutable,
    refuseFileInFile,
    refuseLarge,
    wrong,
} from "./config-source";
import { nameIn, placeholder } from "./placeholder";

/** Path in the repository -> text, or `{ base64 }` of a binary file. */
export type ConfigFiles = Record<string, string | BinaryFile>;

export interface ConfigFromOptions {
    /**
     * Values for `{{name}}` in texts. Every variable must be used, and every one used must have a value. A text has
     * `{{name}}` itself by `{{ '{{' }}name}}`.
     */
    variables?: Readonly<Record<string, string | number>>;
    /** Globs of the paths to read, such as `varnish/**`. Default: all. */
    include?: string | readonly string[];
    /** Globs of the paths to leave out. They beat `include`. */
    exclude?: string | readonly string[];
    /**
     * Whether an executable file is refused, or read without its executable bit: for disks on which every file is
     * executable. Default `refuse`.
     */
    executable?: "refuse" | "ignore";
}

function fillIn(
    text: string,
    place: string,
    variables: Readonly<Record<string, string | number>>,
    used: Set<string>,
): string {
    return text.replace(new RegExp(placeholder, "g"), (found, offset: number) => {
        const name = nameIn(found);
        if (name === undefined) return "{{";
        if (!Object.hasOwn(variables, name)) {
            const line = text.slice(0, offset).split("\n").length;
            throw wrong(
                `${place}:${line}: {{${name}}} has no value`,
                `Give it as variables: { ${name}: ... }, or write {{ '{{' }}${name}}} for the text itself`,
            );
        }
        used.add(name);
        return String(variables[name]);
    });
}

/** Whether a path is read. `**` spans folders, `*` does not; names that begin with a dot are like others. */
function chooser({ include = "**", exclude = [] }: ConfigFromOptions): (file: string) => boolean {
    const isIncluded = picomatch([include].flat(), { dot: true });
    const isExcluded = picomatch([exclude].flat(), { dot: true });
    return (file) => isIncluded(file) && !isExcluded(file);
}

const said = (source: ConfigSource) => (typeof source === "string" ? path.resolve(source) : "the given files");

export interface ReadConfig {
    files: ConfigFiles;
    /** Variables that some file uses. */
    used: ReadonlySet<string>;
    /** The sources as messages name them. */
    where: string;
}

/** `configFrom` for a caller that shares variables with others, and so judges itself which are used. */
export function readConfig(sources: ConfigSource | readonly ConfigSource[], options: ConfigFromOptions): ReadConfig {
    const { variables = {}, executable = "refuse" } = options;
    const list = [sources].flat() as ConfigSource[];
    const counts = chooser(options);
    const used = new Set<string>();
    const files = [...mergeSources(list)]
        .filter(([name]) => counts(name))
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([name, file]) => {
            if (executable === "refuse") refuseExecutable(file);
            const { place } = file;
            const content = file.read();
            return {
                name,
                place,
                content: typeof content === "string" ? fillIn(content, place, variables, used) : content,
            };
        });
    const where = list.map(said).join(", ");
    if (files.length === 0)
        throw wrong(
            `no file of ${where} counts`,
            "Correct include and exclude, which are globs of paths such as varnish/**",
        );
    refuseFileInFile(files);
    refuseLarge(files);
    return { files: Object.fromEntries(files.map(({ name, content }) => [name, content])), used, where };
}
