import assert from "node:assert/strict";
import { printable, printableLine } from "../../../provider/run/printable-text";

it("what others wrote is written out where a terminal would obey it", () => {
    assert.equal(printable("a\tb\nc\r\u001b[31m\u007f ß 🎈 \u009b\u202e"), "a\tb\nc^M^[[31m^? ß 🎈 ??");
    assert.equal(printableLine("a\n  b\r\nc"), "a b c");
});
