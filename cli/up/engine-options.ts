import { type Command, Option } from "commander";

/** The options of `pulumi up` that this command names in its help. It passes all others on as they are. */
const options: readonly [flags: string, description: string][] = [
    ["-s, --stack <name>", "the stack to apply to. Default: the one that is selected in the folder"],
    ["-C, --cwd <folder>", "the folder of the program. Default: this one"],
    ["-y, --yes", "apply without asking"],
    ["-f, --skip-preview", "apply without a preview"],
    ["-r, --refresh", "compare the state with the platform first"],
    ["-p, --parallel <number>", "how many resources are changed at the same time"],
    ["-t, --target <urn>", "only this resource; can be given several times"],
    ["--target-dependents", "with --target: those that depend on it, too"],
    ["--exclude <urn>", "all but this resource; can be given several times"],
    ["--replace <urn>", "replace this resource; can be given several times"],
    ["--diff", "show each change in full"],
    ["-m, --message <text>", "a note about this run"],
    ["-c, --config <key=value>", "set a value of the stack's config; can be given several times"],
    ["--config-file <file>", "another file with the stack's config"],
    ["--policy-pack <folder>", "check the program with these rules; can be given several times"],
    ["--continue-on-error", "go on with other resources after a failure"],
];

const collect = (value: string, before: string[] = []) => [...before, value];

/** Adds the options, so that help and completion know them. */
export function addEngineOptions(command: Command): Command {
    for (const [flags, description] of options) {
        const option = new Option(flags, description);
        command.addOption(description.endsWith("several times") ? option.argParser(collect) : option);
    }
    return command;
}

/** The same options as words for `pulumi up`. */
export function engineWords(command: Command): string[] {
    const values = command.opts<Record<string, string | string[] | true>>();
    return options.flatMap(([flags]) => {
        const option = new Option(flags);
        const value = values[option.attributeName()];
        if (value === undefined) return [];
        if (value === true) return [option.long as string];
        return [value].flat().flatMap((each) => [option.long as string, each]);
    });
}
