import assert from "node:assert/strict";
import { withShown } from "../../../provider/protocol/shown-outputs";
import { unknownValue } from "../../../provider/run/unknown";

describe("outputs for programs in every language", () => {
    it("have the head of an environment together with its id, for a promotion", () => {
        const head = "4a8e701b77";
        assert.deepEqual(withShown("environment", "1/2/Staging", { head }).seenHead, {
            environment: "1/2/Staging",
            head,
        });
        assert.deepEqual(withShown("environment", undefined, { head: unknownValue }).seenHead, {
            environment: unknownValue,
            head: unknownValue,
        });
    });
});
