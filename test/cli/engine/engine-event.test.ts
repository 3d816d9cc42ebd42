import assert from "node:assert/strict";
import { parseEvent } from "../../../cli/engine/engine-event";

describe("what the engine tells", () => {
    it("is read line by line", () => {
        const event = { diagnosticEvent: { severity: "error", message: "no" } };
        assert.deepEqual(parseEvent(JSON.stringify(event)), event);
    });

    for (const line of ["", "null", "12", '"text"', "[1]", "hello", '{"half": ']) {
        it(`is nothing where a program prints ${JSON.stringify(line)}`, () => {
            assert.deepEqual(parseEvent(line), {});
        });
    }
});
