import assert from "node:assert/strict";
import { attendQuickly } from "../../../cli/engine/attend-quickly";
import { withEngine } from "../../support/engine-script";

describe("an engine in this terminal", () => {
    it("ends with its own exit code, or with none when it is killed", async () => {
        const run = () => attendQuickly(undefined, ["up"], { output: "stderr", environment: { COLOUR: "blue" } });
        await withEngine('[ "$* $COLOUR" = "up blue" ] && exit 3', async () => assert.equal(await run(), 3));
        await withEngine("kill -9 $$", async () => assert.equal(await run(), undefined));
    });
});
