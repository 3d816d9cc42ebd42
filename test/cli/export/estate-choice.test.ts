import assert from "node:assert/strict";
import type { EstateChoice } from "../../../cli/export/estate-choice";
import { makeProgram } from "../../../cli/main";

/** What a command that has this choice understands of words. */
async function choiceOf(name: string, ...words: string[]): Promise<[string, EstateChoice]> {
    let found: [string, EstateChoice] | undefined;
    const program = makeProgram(name);
    program.commands[0]?.action((folder: string, choice: EstateChoice) => {
        found = [folder, choice];
    });
    await program.parseAsync([name, ...words], { from: "user" });
    return found as [string, EstateChoice];
}

describe("the choice of what to export or adopt", () => {
    it("is a folder, with some organizations or all, with content or without", async () => {
        assert.deepEqual(await choiceOf("export", "estate"), ["estate", { language: "typescript" }]);
        assert.deepEqual(await choiceOf("adopt", "estate", "--organization", "1", "2", "--content", "--json"), [
            "estate",
            { language: "typescript", stack: "estate", organization: ["1", "2"], content: true, json: true },
        ]);
    });
});
