import { loadLate, model } from "../run/late-module";
import type { ArgumentNames } from "../run/list-unknown";
import type { ConfigFiles, ConfigFromOptions } from "./config-files";
import type { ConfigSource } from "./config-source";
import { ofProgram, wrong } from "./wrong";

const late = loadLate((): typeof import("./config-files") => require("./config-files"));

export type { BinaryFile } from "section-model/public";
export type { ConfigFiles, ConfigFromOptions } from "./config-files";
export type { ConfigSource } from "./config-source";

const optionNames: ArgumentNames<ConfigFromOptions> = {
    variables: true,
    include: true,
    exclude: true,
    executable: true,
};

/** A compiler finds it, and a preview does not compile. */
function refuseUnknownOption(options: object): void {
    const unknown = Object.keys(options).find((name) => !Object.hasOwn(optionNames, name));
    if (unknown === undefined) return;
    const reason = model.explainUnknownProperty(unknown, Object.keys(optionNames));
    throw wrong(`option ${unknown} of configFrom ${reason}`, "Correct its spelling");
}

/**
 * Reads configuration files as `config` of an Environment. `varnish/default.vcl` below a folder becomes
 * `varnish/default.vcl` in the repository. Of several sources the later ones win, file by file: put a shared base
 * first, then the files of a client or site. `{{name}}` in a text is replaced by the variable of that name,
 * `{{ '{{' }}` by `{{`. Files that are no UTF-8 text become `{ base64 }`, unchanged.
 *
 * @param sources a folder relative to the working directory of the program, files as `{ path: text }`, or a list of
 * these. At most 256 KiB per text and 1 MiB of them together, 1 MiB per binary file and 4 MiB of them together
 * @throws Problem `invalid-input` naming file and line, for a missing variable; the file and its size, for one that is
 * too large; also for links, executable files, and for a variable that no file uses
 * @example const config = section.configFrom(["./proxy", `./clients/${client}`, { "varnish/robots.txt": "User-agent:
 * *\n" }], {
 *     variables: { ttl: "6h" },
 *     exclude: "**\/*.md",
 * });
 */
export function configFrom(
    sources: ConfigSource | readonly ConfigSource[],
    options: ConfigFromOptions = {},
): ConfigFiles {
    try {
        refuseUnknownOption(options);
        const { files, used, where } = late.readConfig(sources, options);
        const unused = Object.keys(options.variables ?? {}).filter((name) => !used.has(name));
        if (unused.length === 0) return files;
        throw wrong(
            `no file of ${where} uses ${unused.map((name) => `{{${name}}}`).join(", ")}`,
            "Remove the variable or correct its spelling",
        );
    } catch (error) {
        throw ofProgram(error);
    }
}
