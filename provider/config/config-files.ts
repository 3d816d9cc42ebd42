import path from "node:path";
import picomatch from "picomatch";
import type { BinaryFile } from "section-model/public";
import {
    type ConfigSource,
    Folders,
    mergeSources,
    refuseExecutable,
    refuseFileInFile,
    refuseLarge,
} from "./config-source";
import { Template } from "./template";
import { wrong } from "./wrong";

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

/**
 * `configFrom` for a caller that shares variables with others, and so judges itself which are used.
 *
 * @param folders what is read already; by default nothing
 */
export function readConfig(
    sources: ConfigSource | readonly ConfigSource[],
    options: ConfigFromOptions,
    folders = new Folders(),
): ReadConfig {
    const { variables = {}, executable = "refuse" } = options;
    const list = [sources].flat() as ConfigSource[];
    const counts = chooser(options);
    const used = new Set<string>();
    const files = [...mergeSources(list, folders)]
        .filter(([name]) => counts(name))
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([name, file]) => {
            if (executable === "refuse") refuseExecutable(file);
            const { place } = file;
            const content = file.read();
            return {
                name,
                place,
                content: content instanceof Template ? content.fill(variables, used) : content,
            };
        });
    const where = list.map(said).join(", ");
    if (files.length === 0)
        throw wrong(
            `no file of ${where} is left after include and exclude`,
            "Correct these globs of paths, such as varnish/**",
        );
    refuseFileInFile(files);
    refuseLarge(files);
    return { files: Object.fromEntries(files.map(({ name, content }) => [name, content])), used, where };
}
