import assert from "node:assert/strict";
import { emailSchema } from "section-model";

describe("email", () => {
    it("compares without case and blanks", () => {
        assert.equal(emailSchema.parse(" Jane@Agency.Example "), "jane@agency.example");
    });

    for (const text of [
        "",
        "jane",
        "jane@",
        "@agency.example",
        "jane@agency",
        "a b@agency.example",
        "a@b@c.example",
        "a\u0001@b.example",
        "a@b\u202e.example",
        `${"a".repeat(250)}@b.example`,
    ]) {
        it(`refuses ${JSON.stringify(text.slice(0, 20))}`, () => {
            assert.match(emailSchema.safeParse(text).error?.issues[0]?.message ?? "", /e-mail address/);
        });
    }
});
