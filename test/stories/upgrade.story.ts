import assert from "node:assert/strict";
import { withFolder } from "../support/platform";
import { listRecorded, openRecorded } from "../support/recorded-state";
import { requireSome } from "../support/require-some";

describe("a state that an earlier version has left", () => {
    it("is opened without a change, kept up, and taken down", async () => {
        for (const version of requireSome(await listRecorded()))
            await withFolder(async (folder) => {
                const { stack, platform } = await openRecorded(folder, version);
                try {
                    const preview = await stack.preview({ diff: true });
                    const { same = 0, ...others } = preview.changes;
                    assert.deepEqual(others, {}, preview.stdout);
                    assert.ok(same >= 15, preview.stdout);
                    const { same: kept = 0, ...drifted } = (await stack.refresh()).changes;
                    assert.deepEqual([drifted, kept >= same], [{}, true], "it is as that version left it");
                    const up = await stack.up();
                    const { same: unclaimed = 0, update: claimed = 0, ...more } = up.changes;
                    assert.deepEqual([more, unclaimed + claimed], [{}, same], up.stdout);
                    assert.ok(claimed >= 14, "all but the stack itself get their claims");
                    assert.equal((await stack.state()).match(/"__claim": ?"[\w-]{16,}"/g)?.length, claimed);
                    assert.deepEqual((await stack.preview()).changes, { same });
                    assert.deepEqual((await stack.up()).changes, { same }, "only once");
                    await stack.destroy();
                    assert.deepEqual(await platform.api.get("/account"), []);
                    console.log(
                        `      ${version}: ${same} resources opened: 0 changes, 0 replaced, 0 drifted; ${claimed} claimed by the next up; then destroyed`,
                    );
                } finally {
                    await platform.close();
                }
            });
    });

    it("goes on with the plugin: nothing is replaced, and the next up keeps all of it", async () => {
        for (const version of requireSome(await listRecorded()))
            await withFolder(async (folder) => {
                const { stack, platform } = await openRecorded(folder, version);
                try {
                    await stack.setConfig("section:plugin", "true");
                    const preview = await stack.preview({ diff: true });
                    // a thing that is only looked up has no alias: the engine forgets it, and looks it up again
                    const { same = 0, discard: _, ...others } = preview.changes;
                    assert.deepEqual(others, {}, preview.stdout);
                    assert.ok(same >= 15, preview.stdout);
                    const up = await stack.up({ empty: false });
                    const { same: unclaimed = 0, update: claimed = 0, discard: __, ...more } = up.changes;
                    assert.deepEqual([more, unclaimed + claimed], [{}, same], up.stdout);
                    const state = await stack.state();
                    assert.match(state, /"section:index:Environment"/);
                    assert.doesNotMatch(state, /pulumi-nodejs:dynamic\/section:/, "all have gone over");
                    const { same: kept = 0, ...drifted } = (await stack.refresh()).changes;
                    assert.deepEqual([drifted, kept >= same], [{}, true], "a refresh finds it as it was");
                    assert.deepEqual((await stack.preview()).changes, { same });
                    await stack.destroy();
                    assert.deepEqual(await platform.api.get("/account"), []);
                    console.log(`      ${version}: ${same} resources went over to the plugin: 0 changes, 0 replaced`);
                } finally {
                    await platform.close();
                }
            });
    });
});
