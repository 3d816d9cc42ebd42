import assert from "node:assert/strict";
import { type EngineRun, runQuickly } from "../../../cli/engine/quick-run";
import { makeLook } from "../../support/stack-look";

describe("a quick run", () => {
    async function runsOf(...given: Partial<Parameters<typeof makeLook>[0]>[]): Promise<EngineRun[]> {
        const runs: EngineRun[] = [];
        const start = (run: EngineRun) => {
            runs.push(run);
            return { interrupt: () => {}, finished: Promise.resolve(0) };
        };
        for (const more of given) assert.equal(await runQuickly(makeLook(more), start), 0);
        assert.equal(await runQuickly(undefined, start), 0);
        return runs;
    }

    it("is a plain one where the backend keeps a journal, where another provider has a part, or nothing is known", async () => {
        const { state } = makeLook();
        const foreign = { ...state, foreign: [{ type: "aws:s3:Bucket", name: "logs" }] };
        const runs = await runsOf({ backend: { isSelfManaged: false } }, { state: foreign });
        assert.deepEqual(runs, Array(3).fill({ args: [], environment: {} }));
    });
});
