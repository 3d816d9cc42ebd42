import assert from "node:assert/strict";
import { capabilities, capabilitySchema } from "section-model";

describe("capability", () => {
    it("has the words of the API", () => {
        assert.deepEqual([...capabilities], ["admin", "restrictions-editor", "state", "readonly"]);
    });

    it("names what it accepts when it refuses", () => {
        assert.match(
            capabilitySchema.safeParse("owner").error?.issues[0]?.message ?? "",
            /admin, restrictions-editor, state, readonly/,
        );
    });
});
