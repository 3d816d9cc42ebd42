import assert from "node:assert/strict";
import { driftBelow, driftBeside, splitByClient } from "../../../cli/estate/drift-places";

describe("where drift is shown", () => {
    const compared = {
        declared: new Set(["1", "1/2", "1/2/Staging", "1/3", "1/22/Production/a.example", "9"]),
        drifted: [
            { id: "1/2/Staging", line: "staging" },
            { id: "1/jane@agency.example", line: "jane" },
            { id: "1/4", line: "gone" },
        ],
        failed: new Set(["1/5/Production"]),
    };
    const ofOne = splitByClient(compared)("1");

    it("is the site, the environment or the client, and what the stack does not have is not as declared", () => {
        assert.deepEqual(driftBelow(ofOne, "1/2"), { state: "drifted", found: ["staging"] });
        assert.deepEqual(driftBelow(ofOne, "1/2/Production"), { state: "not declared", found: [] });
        assert.deepEqual(driftBelow(ofOne, "1/22"), { state: "as declared", found: [] }, "1/22 is not 1/2");
        assert.deepEqual(driftBelow(ofOne, "1/5"), { state: "not known", found: [] });
        assert.deepEqual(
            driftBeside(ofOne, ["1/2", "1/22", "1/3", "1/5"]),
            { state: "drifted", found: ["jane", "gone"] },
            "a site that is gone has no row",
        );
        assert.deepEqual(driftBeside(splitByClient(compared)("9"), []), { state: "as declared", found: [] });
        assert.deepEqual(driftBeside(splitByClient(compared)("7"), []), { state: "not declared", found: [] });
    });

    it("is nowhere when nobody asked", () => {
        assert.deepEqual(driftBelow(splitByClient(undefined)("1"), "1/2"), { state: "not asked", found: [] });
    });
});
