import assert from "node:assert/strict";
import { Problem } from "section-model";
import { asPartialFailure, shapeError } from "../../../provider/protocol/failure";

describe("an error for the engine", () => {
    it("names its subject, adds lines, hides the token, and has no stack when it was expected", () => {
        const problem = new Problem("push-refused", "refused token-123", { lines: ["line one", "refused token-123"] });
        const shaped = shapeError(problem, "environment 1/2/Staging", "token-123");
        assert.equal(
            shaped.message,
            "environment 1/2/Staging: refused [token]. Correct the reported files and push again.\nline one",
        );
        assert.equal(shaped.stack, "");
        assert.ok(shapeError(new Error("odd"), "x", undefined).stack !== "");
        assert.equal(shapeError("a string", "x", undefined).message, "x: a string");
        assert.equal(shapeError(undefined, "x", undefined).message, "x: undefined");
    });

    it("of something half made carries what is there", () => {
        const partial = asPartialFailure(new Error("x: no"), "1/2", { __provider: "p" });
        assert.deepEqual([partial.id, partial.properties, partial.reasons], ["1/2", { __provider: "p" }, ["x: no"]]);
    });
});
