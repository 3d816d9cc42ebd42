import assert from "node:assert/strict";
import { Lifecycle } from "../../../provider/protocol/lifecycle";
import { Run } from "../../../provider/run/run";
import { thing } from "../../support/thing";

describe("a lifecycle", () => {
    it("never throws anything but an Error, whatever happens inside", async () => {
        for (const odd of [undefined, null, "text", 7]) {
            const failure = await thing({ ensure: () => Promise.reject(odd) })
                .create({ name: "a" })
                .then(
                    () => assert.fail(),
                    (error) => error,
                );
            assert.ok(failure instanceof Error, String(odd));
        }
    });

    it("configure does everything at once and never fails", async () => {
        const lifecycle = new Lifecycle({ kind: "thing" }, new Run());
        assert.equal(await lifecycle.configure({ config: { get: () => assert.fail("too early") } }), undefined);
    });
});
