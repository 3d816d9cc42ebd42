import assert from "node:assert/strict";
import { Command } from "commander";
import { withEstateChoice } from "../../../cli/export/estate-choice";

describe("the choice of what to export or adopt", () => {
    it("is a folder, with some organizations or all, with content or without", () => {
        const choiceOf = (...words: string[]) => {
            const command = withEstateChoice(new Command()).parse(words, { from: "user" });
            return [command.args, command.opts()];
        };
        assert.deepEqual(choiceOf("estate"), [["estate"], { language: "typescript" }]);
        assert.deepEqual(choiceOf("estate", "--organization", "1", "2", "--content", "--json"), [
            ["estate"],
            { language: "typescript", organization: ["1", "2"], content: true, json: true },
        ]);
    });
});
