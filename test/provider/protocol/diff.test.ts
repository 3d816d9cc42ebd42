import assert from "node:assert/strict";
import { unknownValue } from "../../../provider/run/unknown";
import { thing } from "../../support/thing";

describe("diff", () => {
    it("the same is nothing, a change is the engine's to describe, another object is a replacement", async () => {
        const lifecycle = thing();
        assert.deepEqual(
            await lifecycle.diff("a", { name: "a", size: 1, extra: 1 }, { size: 1, name: "a", __provider: "p" }),
            { changes: false },
        );
        assert.deepEqual(await lifecycle.diff("a", { name: "a", size: 1 }, { name: "a" }), {
            changes: undefined,
            replaces: [],
            deleteBeforeReplace: false,
        });
        assert.deepEqual(await lifecycle.diff("a", { name: "a" }, { name: "b" }), {
            changes: undefined,
            replaces: ["name"],
            deleteBeforeReplace: true,
        });
        assert.deepEqual(await lifecycle.diff("a", { name: "a" }, { name: unknownValue }), {
            changes: undefined,
            replaces: ["name"],
            deleteBeforeReplace: true,
        });
    });

    it("what is live is not replaced unless it may be", async () => {
        await assert.rejects(
            thing().diff("a", { name: "a", engaged: true }, { name: "b" }),
            /thing a: a is live\. To keep it, put it back/,
        );
        process.env.SECTION_ALLOW_LIVE_DELETE = "true";
        try {
            assert.deepEqual((await thing().diff("a", { name: "a", engaged: true }, { name: "b" })).replaces, ["name"]);
        } finally {
            delete process.env.SECTION_ALLOW_LIVE_DELETE;
        }
    });

    it("work that comparing does not show is a change, and who judges is told what changes", async () => {
        const asked: object[] = [];
        const lifecycle = thing({
            judgeChange: async (_open, { id }, { keys, replaces, wanted }) => {
                asked.push({ id, keys, replaces, wanted });
                return { hasWork: true, isTakenOver: true };
            },
        });
        assert.deepEqual(await lifecycle.diff("a", { name: "a" }, { name: "a", __provider: "p" }), { changes: true });
        const { deleteBeforeReplace } = await lifecycle.diff("a", { name: "a" }, { name: "b", size: 1 });
        assert.equal(deleteBeforeReplace, false, "what is taken over need not be released first");
        assert.deepEqual(asked, [
            { id: "a", keys: [], replaces: [], wanted: { name: "a" } },
            { id: "a", keys: ["name", "size"], replaces: ["name"], wanted: { name: "b", size: 1 } },
        ]);
    });
});
