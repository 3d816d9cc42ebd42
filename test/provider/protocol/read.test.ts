import assert from "node:assert/strict";
import { thing } from "../../support/thing";

describe("read", () => {
    it("read: gone is a failure on .get, and drift is what is there", async () => {
        const gone = thing({ observe: async () => undefined });
        await assert.rejects(gone.read("a", { __provider: "p" }), /there is no thing a that this token can see/);
        const drifted = thing({
            observe: async (_session, id) => ({ id, outputs: { name: id, size: 9 }, inputs: { name: id, size: 9 } }),
        });
        assert.deepEqual(await drifted.read("a", { name: "a", __v: 1 }), {
            id: "a",
            props: { name: "a", size: 9, __v: 1 },
            inputs: { name: "a", size: 9 },
        });
    });
});
