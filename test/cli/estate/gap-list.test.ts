import assert from "node:assert/strict";
import { Problem } from "section-model";
import { GapList } from "../../../cli/estate/gap-list";

describe("what an overview cannot know", () => {
    it("is told once for each reason, with what it is about", async () => {
        const gaps = new GapList();
        gaps.add("proxies", "no answer", "1/10");
        gaps.add("proxies", "no answer", "1/9");
        gaps.add("drift", "nobody asked");
        assert.equal(await gaps.ask("live", "1", Promise.resolve(7)), 7);
        assert.equal(await gaps.ask("live", "1", Promise.reject(new Problem("forbidden", "not for you"))), undefined);
        assert.deepEqual(
            gaps.list().map(({ what, of }) => [what, of]),
            [
                ["drift", []],
                ["live", ["1"]],
                ["proxies", ["1/9", "1/10"]],
            ],
        );
        assert.match(gaps.list()[1]?.because ?? "", /not for you/);
    });

    it("is no answer to what stops everything", async () => {
        for (const error of [
            new Problem("unreachable", "gone"),
            new Problem("unauthenticated", "who"),
            new Error("bug"),
        ])
            await assert.rejects(new GapList().ask("live", "1", Promise.reject(error)), error);
    });
});
