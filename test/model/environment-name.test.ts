import assert from "node:assert/strict";
import fc from "fast-check";
import { environmentNameSchema } from "section-model";

const reasonFor = (name: string) => environmentNameSchema.safeParse(name).error?.issues[0]?.message ?? "";

describe("environment-name", () => {
    it("accepts a letter, then letters and digits", () => {
        for (const name of ["Production", "Staging", "uat2", "D"])
            assert.equal(environmentNameSchema.parse(name), name);
    });

    it("refuses reserved words in every spelling, and says whose word it is", () => {
        assert.match(reasonFor("create"), /a word of the API/);
        assert.match(reasonFor("Development"), /local instance/);
        assert.match(reasonFor("head"), /a word of git/);
    });

    it("never accepts what git or a URL could misread", () => {
        fc.assert(
            fc.property(fc.string(), (name) => {
                if (environmentNameSchema.safeParse(name).success) assert.match(name, /^[A-Za-z][A-Za-z0-9]{0,63}$/);
                else assert.notEqual(reasonFor(name), "");
            }),
        );
    });
});
