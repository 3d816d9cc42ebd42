import assert from "node:assert/strict";
import { Problem } from "section-model";
import { Unfinished } from "../../../provider/nouns/noun";
import { thing } from "../../support/thing";

/** That of a `thing`: it has no identity. */
const platform = " 127.0.0.1";

describe("create and update", () => {
    it("return everything, as plain JSON, with a marker", async () => {
        const lifecycle = thing();
        assert.deepEqual(await lifecycle.create({ name: "a", size: undefined, __provider: "p" }), {
            id: "a",
            outs: { name: "a", __v: 1, __platform: platform },
        });
        assert.deepEqual(await lifecycle.update("a", {}, { name: "a", size: 2, __provider: "p" }), {
            outs: { name: "a", size: 2, __v: 1, __platform: platform },
        });
    });

    it("something half made is kept, with what is needed to go on", async () => {
        const half = thing({
            ensure: async (_session, inputs) => {
                throw new Unfinished({ id: "a", outputs: inputs }, new Problem("push-refused", "bad file, hush"));
            },
        });
        const error = await half.create({ name: "a", __provider: "p" }).then(
            () => assert.fail(),
            (failure) => failure,
        );
        assert.deepEqual(
            [error.id, error.properties, error.reasons.length],
            ["a", { name: "a", __v: 1, __platform: platform, __provider: "p" }, 1],
        );
        assert.match(error.message, /bad file, \[token\]/);
    });
});
