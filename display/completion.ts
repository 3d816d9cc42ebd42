// Own code, because libraries for completion (omelette, tabtab, @bomb.sh/tab) start the command at every press of the
// key. A script that is made once answers at once, and finds the stacks by their files.

/** The needed part of commander's Command, so that this package does not depend on commander. */
export interface CommandLike {
    name(): string;
    description(): string;
    readonly registeredArguments: readonly {
        name(): string;
        readonly argChoices?: readonly string[];
        readonly variadic: boolean;
    }[];
    createHelp(): {
        visibleCommands(command: CommandLike): CommandLike[];
        visibleOptions(command: CommandLike): OptionLike[];
    };
}

interface OptionLike {
    readonly flags: string;
    readonly short?: string;
    readonly long?: string;
    readonly description: string;
    readonly required: boolean;
    readonly argChoices?: readonly string[];
}

export const completionShells = ["bash", "zsh", "fish"] as const;
export type CompletionShell = (typeof completionShells)[number];

/**
 * The possible values at a place: some words, a path, a stack of the program in this folder, or values that no shell
 * can know.
 */
type Value = { words: readonly string[] } | "file" | "folder" | "stack" | "unknown";

interface Flag {
    names: string[];
    about: string;
    /** Undefined when the flag takes no value. */
    value?: Value;
}

/** A command with the words that lead to it. */
interface Place {
    path: string;
    commands: { name: string; about: string }[];
    flags: Flag[];
    values: { name: string; value: Value; variadic: boolean }[];
}

/** The name of a value tells whether it is a path. */
function valueOf(name: string, choices: readonly string[] | undefined): Value {
    if (choices !== undefined) return { words: choices };
    if (/^(file|path)$/i.test(name)) return "file";
    if (/^(folder|dir)$/i.test(name)) return "folder";
    return "unknown";
}

function flagOf({ flags, short, long, description, required, argChoices }: OptionLike): Flag {
    const names = [short, long].filter((name) => name !== undefined);
    if (!required) return { names, about: description };
    const name = /<([^.>]+)/.exec(flags)?.[1] ?? "";
    return { names, about: description, value: long === "--stack" ? "stack" : valueOf(name, argChoices) };
}

function placesOf(command: CommandLike, path: string, siblings: readonly string[] = []): Place[] {
    const help = command.createHelp();
    const commands = help.visibleCommands(command);
    const names = commands.map((each) => each.name());
    const place = {
        path,
        commands: commands.map((each) => ({ name: each.name(), about: each.description() })),
        flags: help.visibleOptions(command).map(flagOf),
        values: command.registeredArguments.map((each) => ({
            name: each.name(),
            value: valueOf(each.name(), command.name() === "help" ? siblings : each.argChoices),
            variadic: each.variadic,
        })),
    };
    return [place, ...commands.flatMap((each) => placesOf(each, `${path} ${each.name()}`.trim(), names))];
}

/** One sentence fits beside a word. */
const firstSentence = (text: string) => text.split(/[.:;] /)[0] ?? "";
const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

function bash(program: string, places: readonly Place[], prefix: string): string {
    // compgen expands its words like the shell: it may only get plain names
    const say = (value: Value) => (typeof value === "string" ? value : `words ${value.words.join(" ")}`);
    const valued = places.flatMap(({ path, flags }) =>
        flags.flatMap(({ names, value }) =>
            value === undefined
                ? []
                : [`${names.map((name) => quote(`${path} ${name}`)).join("|")}) wants=${quote(say(value))} ;;`],
        ),
    );
    const steps = places.flatMap(({ path, commands }) => commands.map(({ name }) => quote(`${path} ${name}`)));
    const options = places.map(
        ({ path, flags }) =>
            `${quote(path)}) wants=${quote(`words ${flags.flatMap(({ names }) => names).join(" ")}`)} ;;`,
    );
    const operands = places.flatMap(({ path, commands, values }) =>
        commands.length > 0
            ? [`${quote(`${path} 0`)}) wants=${quote(`words ${commands.map(({ name }) => name).join(" ")}`)} ;;`]
            : values.map(
                  ({ value, variadic }, index) =>
                      `${quote(`${path} ${index}`)}${variadic ? `|${quote(`${path} `)}*` : ""}) wants=${quote(say(value))} ;;`,
              ),
    );
    const cases = (lines: readonly string[]) => lines.map((line) => `            ${line}`).join("\n");
    return `${prefix}() {
    local word=\${COMP_WORDS[COMP_CWORD]} place="" wants="" count=0 i each
    COMPREPLY=()
    for ((i = 1; i < COMP_CWORD; i++)); do
        each=\${COMP_WORDS[i]}
        [[ $each == = ]] && continue
        if [[ -n $wants ]]; then wants=""; continue; fi
        case "$place $each" in
            ${steps.join("|")}) place="\${place:+$place }$each" ;;
${cases(valued)}
            *) [[ $each == -* ]] || count=$((count + 1)) ;;
        esac
    done
    [[ $word == = ]] && word=""
    if [[ -n $wants ]]; then
        :
    elif [[ $word == -* ]]; then
        case "$place" in
${cases(options)}
        esac
    else
        case "$place $count" in
${cases(operands)}
        esac
    fi
    case "$wants" in
        words\\ *) COMPREPLY=($(compgen -W "\${wants#words }" -- "$word")) ;;
        stack) COMPREPLY=($(compgen -W "$(for each in Pulumi.*.yaml; do [[ $each =~ ^Pulumi\\.([A-Za-z0-9_.-]+)\\.yaml$ && -e $each ]] && echo "\${BASH_REMATCH[1]}"; done)" -- "$word")) ;;
        file) compopt -o default 2>/dev/null ;;
        folder) compopt -o dirnames 2>/dev/null ;;
    esac
}
complete -F ${prefix} ${program}
`;
}

function zsh(program: string, places: readonly Place[], prefix: string): string {
    const plain = (text: string) => text.replaceAll(/[\\[\]:]/g, "\\$&");
    const actions = { file: "_files", folder: "_files -/", stack: `${prefix}_stacks`, unknown: " " };
    const action = (value: Value) => (typeof value === "string" ? actions[value] : `(${value.words.join(" ")})`);
    const functionOf = (path: string) => `${prefix}${path === "" ? "" : `_${path.replaceAll(/\W/g, "_")}`}`;
    const functions = places.map(({ path, commands, flags, values }) => {
        const specs = [
            ...flags.flatMap(({ names, about, value }) =>
                names.map((name) =>
                    quote(
                        `${name}${value !== undefined && name.startsWith("--") ? "=" : ""}[${plain(firstSentence(about))}]${value === undefined ? "" : `:value:${action(value)}`}`,
                    ),
                ),
            ),
            ...(commands.length > 0
                ? ["'1: :->command'", "'*:: :->rest'"]
                : values.map(({ name, value, variadic }, index) =>
                      quote(`${variadic ? "*" : index + 1}:${plain(name)}:${action(value)}`),
                  )),
        ];
        const described = commands.map(
            ({ name, about }) => `                ${quote(`${name}:${plain(firstSentence(about))}`)}`,
        );
        const branches = commands.map(
            ({ name }) => `                ${name}) ${functionOf(`${path} ${name}`.trim())} ;;`,
        );
        const state = `
    case $state in
        command)
            local -a names=(
${described.join("\n")}
            )
            _describe command names ;;
        rest)
            case $words[1] in
${branches.join("\n")}
            esac ;;
    esac`;
        return `${functionOf(path)}() {
    local curcontext="$curcontext" state line
    typeset -A opt_args
    _arguments -C \\
        ${specs.join(" \\\n        ")}${commands.length > 0 ? state : ""}
}
`;
    });
    return `#compdef ${program}
${prefix}_stacks() {
    local -a stacks=(Pulumi.*.yaml(N))
    stacks=(\${\${stacks#Pulumi.}%.yaml})
    compadd -a stacks
}
${functions.join("")}if [[ $funcstack[1] == ${prefix} ]]; then ${prefix} "$@"; else compdef ${prefix} ${program}; fi
`;
}

function fish(program: string, places: readonly Place[], prefix: string): string {
    const text = (words: string) => `'${words.replaceAll(/[\\']/g, "\\$&")}'`;
    const actions = {
        file: "-r -F",
        folder: "-x -a '(__fish_complete_directories)'",
        stack: `-x -a '(_${prefix}_stacks)'`,
        unknown: "-x",
    };
    const action = (value: Value) =>
        typeof value === "string" ? actions[value] : `-x -a ${text(value.words.join(" "))}`;
    const lines = places.flatMap(({ path, commands, flags, values }) => {
        const complete = `complete -c ${program} -n ${text(`_${prefix}_at ${path}`.trim())}`;
        return [
            ...commands.map(({ name, about }) => `${complete} -a ${name} -d ${text(firstSentence(about))}`),
            ...flags.map(({ names, about, value }) => {
                const named = names.map((name) =>
                    name.startsWith("--") ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`,
                );
                return [complete, ...named, value === undefined ? "" : action(value), "-d", text(firstSentence(about))]
                    .filter(Boolean)
                    .join(" ");
            }),
            ...values
                .filter(({ value }) => value !== "unknown")
                .map(({ value }) => `${complete} ${action(value).replace(/^-[rx] /, "")}`),
        ];
    });
    const steps = places.flatMap(({ path, commands }) => commands.map(({ name }) => text(`${path} ${name}`)));
    return `function _${prefix}_at
    set -l place ''
    for each in (commandline -opc)[2..-1]
        switch "$place $each"
            case ${steps.join(" ")}
                set place (string trim "$place $each")
        end
    end
    test "$place" = "$argv"
end
function _${prefix}_stacks
    for each in Pulumi.*.yaml
        string replace -r '^Pulumi\\.(.*)\\.yaml$' '$1' $each
    end
end
complete -c ${program} -f
${lines.join("\n")}
`;
}

/**
 * A script that lets a shell complete a command's line: commands, options, their choices, paths, and stacks by the
 * files of the Pulumi program in the folder. It starts no process, so it answers at once.
 *
 * @example completionScript(program, "bash"); // "_pulumi_section() { …"
 */
export function completionScript(program: CommandLike, shell: CompletionShell): string {
    const name = program.name();
    const prefix = `_${name.replaceAll(/\W/g, "_")}`;
    return { bash, zsh, fish }[shell](name, placesOf(program, ""), prefix);
}
