import assert from "node:assert/strict";
import { runUp } from "../../../cli/up/run-up";
import { withEngine } from "../../support/engine-script";

describe("a run of up", () => {
    it("is applied or failed as the engine says", async () => {
        const choice = { words: ["--yes"], asks: false, output: "stderr" } as const;
        await withEngine('[ "$1 $2" = "up --yes" ]', async () =>
            assert.deepEqual(await runUp(choice), { outcome: "applied", left: [] }),
        );
        await withEngine("exit 3", async () => assert.deepEqual(await runUp(choice), { outcome: "failed", left: [] }));
    });
});
