import assert from "node:assert/strict";
import { readPreview } from "../../../cli/engine/preview";
import { listChanges } from "../../../cli/review/resource-change";
import { findSharedFiles } from "../../../cli/review/shared-file";
import { describeBothWays } from "../../support/both-ways";
import { previewText, type StepText } from "../../support/preview";

const site = (number: number, before: string | undefined, after: string): StepText => {
    const inputs = { application: `1/${number}`, name: "Production" };
    const olds = before === undefined ? undefined : { ...inputs, config: { "a.vcl": before } };
    return {
        op: olds ? "update" : "create",
        kind: "environment",
        name: `e${number}`,
        id: `1/${number}/Production`,
        olds,
        news: { ...inputs, config: { "a.vcl": after } },
    };
};

function sharedOf(steps: StepText[]) {
    return findSharedFiles(listChanges(readPreview(previewText(steps)))).files.map(({ edits }) =>
        edits.map(({ label, changes, hasSameContext, than, diff }) => ({
            label,
            names: changes.map(({ name }) => name),
            hasSameContext,
            than,
            lines: diff.split("\n").length - 1,
        })),
    );
}

describeBothWays("the same change in several sites", () => {
    it("is one, whatever stands around it; what is otherwise comes after", () => {
        const found = sharedOf([
            site(1, "one\nttl 1\n", "one\nttl 2\n"),
            site(2, "two\nttl 1\n", "two\nttl 2\n"),
            site(3, "three\nttl 1\n", "three\nttl 3\n"),
        ]);
        assert.deepEqual(found, [
            [
                { label: "1", names: ["e1", "e2"], hasSameContext: false, than: undefined, lines: 4 },
                { label: "1b", names: ["e3"], hasSameContext: true, than: undefined, lines: 4 },
            ],
        ]);
    });

    it("is none where each changes in its own way", () => {
        assert.deepEqual(sharedOf([site(1, "1\n", "2\n"), site(2, "1\n", "3\n")]), []);
    });

    it("is said of new files by the lines in which they differ", () => {
        const text = (name: string) => `${"line\n".repeat(40)}${name}\n`;
        const found = sharedOf([site(1, undefined, text("a")), site(2, undefined, text("b"))]);
        assert.deepEqual(
            found[0]!.map(({ label, than, lines }) => ({ label, than, lines })),
            [
                { label: "1", than: undefined, lines: 42 },
                { label: "1b", than: "1", lines: 7 },
            ],
        );
    });
});
