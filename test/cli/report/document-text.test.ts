import assert from "node:assert/strict";
import { documentText } from "../../../cli/report/document-text";

describe("a report for a terminal", () => {
    it("has its summary beside the title, tables in columns apart, lists below the line that they belong to", () => {
        const text = documentText({
            title: "Sites",
            summary: ["2 of ", { strong: "them" }],
            blocks: [
                {
                    facts: [
                        [["wave 1"], ["1 site"]],
                        [["staging"], ["2 environments"]],
                    ],
                },
                { paragraph: ["go on: ", { code: "waves" }] },
                { heading: ["To do"], level: 2 },
                {
                    head: ["site", "live"],
                    rows: [
                        [[{ copy: "www.acme.example" }], [{ badge: "yes", mood: "good" }]],
                        [["a"], []],
                    ],
                },
                { entries: [{ words: ["Not seen: b"], entries: [["why"]] }] },
            ],
        });
        assert.deepEqual(text.split("\n"), [
            "Sites: 2 of them",
            "  wave 1   1 site",
            "  staging  2 environments",
            "go on: waves",
            "",
            "To do",
            "site              live",
            "www.acme.example  yes",
            "a",
            "",
            "Not seen: b",
            "    why",
        ]);
    });

    it("has the line of a fold and not what is in it, and air after a diff", () => {
        const text = documentText({
            title: "t",
            blocks: [
                { heading: ["Clients"], level: 2 },
                { diff: "-a\n+b\n" },
                { paragraph: ["next"] },
                { fold: [{ strong: "Acme" }, ": 5 to update"], blocks: [{ paragraph: ["hidden"] }] },
            ],
        });
        assert.deepEqual(text.split("\n"), ["t", "", "Clients", "-a", "+b", "", "next", "  Acme: 5 to update"]);
    });

    it("moves no cursor, whatever others wrote, and keeps a line a line", () => {
        const text = documentText({
            title: "t\u001b[2J",
            blocks: [{ head: ["x", "y"], rows: [[["a\nb"], ["\u001b[1m"]]] }, { diff: "-a\u001b[2J\n+b\n" }],
        });
        assert.equal(text, "t^[[2J\n\nx    y\na b  ^[[1m\n\n-a^[[2J\n+b");
    });
});
