import assert from "node:assert/strict";
import { Command } from "commander";
import { addEngineOptions, engineWords } from "../../../cli/up/engine-options";

describe("the options of pulumi up", () => {
    const wordsOf = (...given: string[]) => {
        const command = addEngineOptions(new Command("up").argument("[options...]").allowUnknownOption());
        command.parse(given, { from: "user" });
        return [...engineWords(command), ...command.args];
    };

    it("are passed on, in their long form, those that are given several times each time", () => {
        assert.deepEqual(wordsOf(), []);
        assert.deepEqual(
            wordsOf("-s", "prod", "-yf", "-t", "a", "--target", "b", "-p", "4", "-C", "x"),
            "--stack prod --cwd x --yes --skip-preview --parallel 4 --target a --target b".split(" "),
        );
    });

    it("are passed on as they are where nothing is known of them", () => {
        assert.deepEqual(wordsOf("--yes", "--show-sames", "--color", "never"), [
            "--yes",
            "--show-sames",
            "--color",
            "never",
        ]);
    });
});
