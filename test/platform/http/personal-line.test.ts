import assert from "node:assert/strict";
import { personalLineSchema } from "../../../platform/http/personal-line";

describe("what people write of themselves", () => {
    it("is one line of any script", () => {
        for (const text of ["", "Ada", "Żółć 李", "O'Neil-Smith, Jr."])
            assert.equal(personalLineSchema.parse(text), text);
        for (const text of ["a\nBcc: b@c.example", "a\0", "a\u2028b", "x".repeat(256), 1])
            assert.ok(!personalLineSchema.safeParse(text).success, String(text));
    });
});
