import assert from "node:assert/strict";
import { type CommandLike, completionScript } from "../../display/completion";

/** A command as commander has it. */
function command(
    name: string,
    about: string,
    { commands = [] as CommandLike[], options = [] as string[], values = [] as string[] } = {},
): CommandLike {
    return {
        name: () => name,
        description: () => about,
        registeredArguments: values.map((value) => ({ name: () => value, variadic: false })),
        createHelp: () => ({
            visibleCommands: (asked) => (asked.name() === name ? commands : []),
            visibleOptions: () =>
                options.map((flags) => ({
                    flags,
                    long: flags.split(" ")[0],
                    description: "it's [odd]: so",
                    required: flags.includes("<"),
                })),
        }),
    };
}

describe("a script for completion", () => {
    const program = command("an-agency", "", {
        commands: [command("copy", "copies. Slowly", { options: ["--to <dir>", "--all"], values: ["file"] })],
    });

    it("has commands, options and paths in each shell, quoted", () => {
        const [bash, zsh, fish] = (["bash", "zsh", "fish"] as const).map((shell) =>
            completionScript(program, shell),
        ) as [string, string, string];
        assert.match(
            bash,
            /'copy --to'\) wants='folder' ;;.+'copy'\) wants='words --to --all' ;;.+'copy 0'\) wants='file' ;;/s,
        );
        assert.ok(zsh.includes(String.raw`'--to=[it'\''s \[odd\]]:value:_files -/'`), zsh);
        assert.ok(zsh.includes("'copy:copies'"), "the first sentence is enough");
        assert.ok(fish.includes(String.raw`-l to -x -a '(__fish_complete_directories)' -d 'it\'s [odd]'`), fish);
    });
});
