import { type Command, Option } from "commander";

/** What people choose of their estate. */
export interface EstateChoice {
    organization?: string[];
    content?: boolean;
    language?: string;
    stack?: string;
    json?: boolean;
}

/** The options by which people choose what of their estate they mean. */
export function withEstateChoice(command: Command): Command {
    return command
        .argument("<folder>", "a new folder for the program")
        .option("--organization <id...>", "only these; default: every organization whose admin the token's user is")
        .option("--content", "the content of environments too: origins, proxies, files")
        .addOption(new Option("--language <name>", "the language of the program").default("typescript"))
        .option("--json", "the outcome as one JSON document");
}
