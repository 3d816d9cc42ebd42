import type { makeProgram } from "../../cli/main";

type Command = ReturnType<typeof makeProgram>;

export interface Leaf {
    /** The words that lead to it. */
    path: string;
    command: Command;
    help: string;
}

function helpOf(command: Command): string {
    let text = "";
    command.configureOutput({
        writeOut: (part) => {
            text += part;
        },
    });
    command.outputHelp();
    return text;
}

/** Every command below one, parents too; not the help itself. */
export function commandsOf(parent: Command, path = ""): Leaf[] {
    return parent.commands.flatMap((command) => {
        const below = `${path} ${command.name()}`.trim();
        return [{ path: below, command, help: helpOf(command) }, ...commandsOf(command, below)];
    });
}

/** The lines that a help ends with. */
export function examplesOf(help: string): string[] {
    const [, examples] = help.split("\nExamples:\n");
    return (examples ?? "").split("\n").flatMap((line) => (line.startsWith("  $ ") ? [line.slice(4)] : []));
}

/** The words after each call of a program in a line. */
function wordsFor(line: string, program: string): string[][] {
    const parts = line
        .replace(/\s#.*$/, "")
        .split(/&&|\||[<>]\(|[()]/)
        .map((part) => part.trim())
        .filter((part) => part === program || part.startsWith(`${program} `));
    return parts.map((part) => (part.replace(/\s[<>].*$/, "").match(/'[^']*'|"[^"]*"|\S+/g) ?? []).slice(1));
}

/** Parses the examples as the program does, without running them. Returns their number; throws for a wrong one. */
export async function readExamples(make: () => Command): Promise<number> {
    const program = make().name();
    const lines = commandsOf(make()).flatMap(({ help }) => examplesOf(help));
    let count = 0;
    for (const words of lines.flatMap((line) => wordsFor(line, program))) {
        if (words.length === 0) continue;
        const fresh = make();
        for (const { command } of commandsOf(fresh)) command.action(() => {});
        await fresh.parseAsync(words, { from: "user" });
        count += 1;
    }
    return count;
}
