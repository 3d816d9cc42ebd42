import assert from "node:assert/strict";
import { parse } from "csv-parse/sync";
import type { SiteHistory } from "../../../cli/history/read-history";
import { historyWriters } from "../../../cli/history/report";
import { readMarkup } from "../../support/markup";

const history: SiteHistory = {
    endpoint: "https://platform.example",
    client: { id: "1", name: "Acme" },
    site: { id: "1/1", hostname: "www.acme.example" },
    environments: [
        {
            id: "1/1/Staging",
            name: "Staging",
            hasMore: true,
            commits: [
                {
                    commit: "fa2b6a7413".padEnd(40, "0"),
                    at: "2026-11-25T04:47:55.000Z",
                    who: { name: "Gita", email: "gita@agency.example" },
                    what: "=robots\u001b[2J",
                    stack: "agency/prod",
                    resource: "staging",
                    program: "c".repeat(40),
                    servedBy: ["Staging", "Production"],
                    line: 'promote: "fa2b6a7413"',
                },
            ],
        },
        { id: "1/1/Empty", name: "Empty", hasMore: false, commits: [] },
    ],
};

describe("the history of a site", () => {
    it("is a table for each environment, with the line that puts a commit live", () => {
        const text = historyWriters.text?.(history) ?? "";
        assert.match(
            text,
            /^www\.acme\.example \(1\/1\) of Acme: 1 commit of 2 environments, the newest first\n\nStaging\n/,
        );
        assert.match(
            text,
            /^promote: "fa2b6a7413" +2026-11-25 04:47:55 UTC +Gita <gita@agency\.example> +Staging, Production +=robots\^\[\[2J, program at cccccccccc$/m,
        );
        assert.match(text, /There are older commits: --environment Staging --before fa2b6a7413 shows them\./);
        assert.match(text, /\nEmpty\n.*No commits\./);
        assert.match(text, /To put a commit live, write its line in the Environment of Production, without config/);
    });

    it("is the same as Markdown, as a page and as a list", async () => {
        assert.match(historyWriters.markdown?.(history) ?? "", /^\| `promote: "fa2b6a7413"` \|/m);
        assert.deepEqual((await readMarkup(historyWriters.html?.(history) ?? "")).errors, []);
        const [row] = parse(historyWriters.csv?.(history) ?? "", { columns: true }) as Record<string, string>[];
        assert.equal(row?.commit, "fa2b6a7413".padEnd(40, "0"));
        assert.deepEqual(
            [row?.environment, row?.["now in"], row?.stack, row?.resource, row?.line],
            ["1/1/Staging", "Staging, Production", "agency/prod", "staging", 'promote: "fa2b6a7413"'],
        );
        assert.match(row?.what ?? "", /^'=robots/, "no formula for a spreadsheet");
    });
});
