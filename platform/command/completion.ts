import { Argument, type Command } from "commander";
import { type CompletionShell, completionScript, completionShells } from "section-display";
import { withExamples } from "./data-command";

/** `section-platform completion`: a script for the shell, made of the commands themselves. */
export function addCompletion(program: Command): void {
    const command = program
        .command("completion")
        .description("Print a script with which a shell completes commands, options and files")
        .addArgument(new Argument("<shell>", "the shell that reads it").choices(completionShells))
        .action((shell: CompletionShell) => void process.stdout.write(completionScript(program, shell)));
    withExamples(
        command,
        "completion bash > ~/.local/share/bash-completion/completions/section-platform",
        "completion zsh",
        "completion fish",
    );
}
