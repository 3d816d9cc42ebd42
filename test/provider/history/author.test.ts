import assert from "node:assert/strict";
import { authorOfChange, authorOfCommit, sayAuthor } from "../../../provider/history/author";

describe("an author", () => {
    it("is named with the moment and the commit or request", () => {
        const commit = {
            id: "0123456789abcdef",
            name: "Gita",
            email: "gita@agency.example",
            date: "2026-11-25T05:27:15+01:00",
            subject: 'say "hi"',
            files: [],
        };
        assert.equal(
            sayAuthor(authorOfCommit(commit)),
            'Gita <gita@agency.example>, 2026-11-25 04:27:15 UTC, commit 0123456789 "say \\"hi\\""',
        );
        const change = {
            at: "2026-11-25T04:27:15.163Z",
            what: "member.role",
            thing: {},
            who: "Olga <olga@agency.example>",
            requestId: "261125042715.163807",
        };
        assert.equal(
            sayAuthor(authorOfChange(change)),
            "Olga <olga@agency.example>, 2026-11-25 04:27:15 UTC, request 261125042715.163807",
        );
        assert.equal(
            sayAuthor(authorOfChange({ ...change, requestId: undefined })),
            "Olga <olga@agency.example>, 2026-11-25 04:27:15 UTC",
        );
        assert.equal(sayAuthor(undefined), "somebody");
    });

    it("moves no cursor and starts no line, whatever the name is", () => {
        const said = sayAuthor({ who: "Eve\n\u001b[2J\r<e@x>", at: "2026-11-25T04:27:15Z" });
        assert.equal(said, "Eve ^[[2J <e@x>, 2026-11-25 04:27:15 UTC");
    });
});
