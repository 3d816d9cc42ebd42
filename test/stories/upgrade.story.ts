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
                    assert.equal((await stack.up()).changes.same, same);
                    await stack.destroy();
                    assert.deepEqual(await platform.api.get("/account"), []);
                    console.log(
                        `      ${version}: ${same} resources opened: 0 changes, 0 replaced, 0 drifted; then destroyed`,
                    );
                } finally {
                    await platform.close();
                }
            });
    });
});
