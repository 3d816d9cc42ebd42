import assert from "node:assert/strict";
import { nameIn, placeholder } from "../../../provider/config/placeholder";

describe("a placeholder", () => {
    it("is a name in braces, or braces in quotes", () => {
        const found = (text: string) => text.match(placeholder)?.map(nameIn);
        assert.deepEqual(["{{ttl}}", "x {{ _a1 }}"].map(found), [["ttl"], ["_a1"]]);
        assert.deepEqual([`{{ '{{' }}`, `{{"{{"}}ttl}}`].map(found), [[undefined], [undefined]]);
        for (const text of ["{{1}}", "{{}}", "{ttl}", "{{a.b}}", `{{ "}}" }}`, `{{ '{{" }}`])
            assert.equal(found(text), undefined, text);
    });
});
