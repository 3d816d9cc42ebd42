import { spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { CompletionShell } from "../../display/completion";
import { Terminal } from "./terminal";

const prompt = "ready> ";

/** Startup files that make a shell plain, load the completion, and let the command print its words. */
const beginnings: Record<CompletionShell, (program: string, script: string) => string> = {
    bash: (program, script) => `PS1='${prompt}'\nsource ${script}\n${program}() { printf '<%s>' "$@"; echo; }\n`,
    zsh: (program, script) =>
        `PS1='${prompt}'\nautoload -Uz compinit && compinit -u -D\nsource ${script}\n${program}() { printf '<%s>' "$@"; echo }\nunsetopt prompt_cr prompt_sp\n`,
    fish: (program, script) =>
        `function fish_prompt; echo -n '${prompt}'; end\nset -g fish_greeting\nset -g fish_autosuggestion_enabled 0\nsource ${script}\nfunction ${program}; printf '<%s>' $argv; echo; end\n`,
};
const commands: Record<CompletionShell, (file: string) => string> = {
    bash: (file) => `bash --noprofile --rcfile ${file} -i`,
    zsh: (file) => `ZDOTDIR=${path.dirname(file)} zsh -i`,
    fish: (file) => `fish --no-config --init-command 'source ${file}' -i`,
};
const fileNames: Record<CompletionShell, string> = { bash: "bash.rc", zsh: ".zshrc", fish: "fish.rc" };

export function hasShell(shell: CompletionShell): boolean {
    return spawnSync(shell, ["-c", "exit 0"]).status === 0;
}

/**
 * Types lines into a real shell, as people do: a tab completes the word before it. Returns the words that the command
 * got, of each line.
 */
export async function typeIntoShell(
    shell: CompletionShell,
    program: string,
    script: string,
    { cwd, lines }: { cwd: string; lines: readonly string[] },
) {
    const scriptFile = path.join(cwd, `.script.${shell}`);
    await writeFile(scriptFile, script);
    const file = path.join(cwd, fileNames[shell]);
    await writeFile(file, beginnings[shell](program, scriptFile));
    const env = { PATH: process.env.PATH, HOME: cwd, TERM: shell === "fish" ? "xterm" : "dumb", LANG: "C.UTF-8" };
    const terminal = new Terminal(commands[shell](file), { cwd, env });
    try {
        await terminal.until(/ready> /);
        const answers: string[] = [];
        for (const line of lines) {
            terminal.shown = "";
            for (const part of line.split(/(?<=\t)/)) {
                terminal.type(part);
                // shells read ahead: the keys after a tab must come after its answer
                await new Promise((resolve) => setTimeout(resolve, 300));
            }
            terminal.type("\r");
            await terminal.until(/<.*>\r?\n.*ready> /s);
            const words = /((?:<[^<>]*>)+)\r?\n/.exec(terminal.shown)?.[1] ?? "";
            answers.push(words.replaceAll("/>", ">")); // zsh takes a folder's last slash away again
        }
        return answers;
    } finally {
        terminal.close();
    }
}
