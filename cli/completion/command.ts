import { Argument, type Command } from "commander";
import { type CompletionShell, completionScript, completionShells } from "section-display";

/** `pulumi-section completion`: a script for the shell, made of the commands themselves. */
export function addCommand(program: Command): void {
    program
        .command("completion")
        .description("print a script with which a shell completes commands, options, files and stacks")
        .addArgument(new Argument("<shell>", "the shell that reads it").choices(completionShells))
        .addHelpText(
            "after",
            `
Examples:
  $ source <(pulumi-section completion bash)    # in ~/.bashrc
  $ source <(pulumi-section completion zsh)     # in ~/.zshrc, below compinit
  $ pulumi-section completion fish > ~/.config/fish/completions/pulumi-section.fish`,
        )
        .action((shell: CompletionShell) => void process.stdout.write(completionScript(program, shell)));
}
