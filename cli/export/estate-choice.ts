import { type Command, Option } from "commander";

/** The part of an estate that people choose. */
export interface EstateChoice {
    organization?: string[];
    content?: boolean;
    language?: string;
    /** The program goes by the plugin. */
    plugin?: boolean;
    stack?: string;
    json?: boolean;
}

/** Adds the options that choose a part of an estate. */
export function withEstateChoice(command: Command): Command {
    return command
        .argument("<folder>", "a new folder for the program")
        .option(
            "--organization <id...>",
            "only these organizations. Default: every one that the token's user is an admin of",
        )
        .option("--content", "also the content of environments: origins, proxies, files")
        .addOption(new Option("--language <name>", "the language of the program").default("typescript"))
        .option("--plugin", "resources of the plugin: pulumi import can then write the code, in any language")
        .option("--json", "the outcome as one JSON document");
}
