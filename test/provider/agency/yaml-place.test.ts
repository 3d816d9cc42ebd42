import assert from "node:assert/strict";
import { parseDocument } from "yaml";
import { yamlOffset } from "../../../provider/agency/yaml-place";

describe("the place of a path in YAML", () => {
    const text = "a: &x { b: 1 }\nc:\n  - *x\n  - { <<: *x, d: 2 }\n  - <<: [{ e: 3 }, *x]\n7: odd\n";
    const document = parseDocument(text, { merge: true });
    const at = (path: PropertyKey[], isKey?: boolean) =>
        text.slice(yamlOffset(document, path, isKey)).split(/[\s},]/)[0];

    it("leads through maps, lists, aliases and merges", () => {
        assert.equal(at(["a", "b"]), "1");
        assert.equal(at(["c", 0, "b"]), "1");
        assert.equal(at(["c", 1, "d"]), "2");
        assert.equal(at(["c", 1, "d"], true), "d:");
        assert.equal(at(["c", 1, "b"], true), "b:");
        assert.equal(at(["c", 2, "e"]), "3");
        assert.equal(at(["c", 2, "b"]), "1");
        assert.equal(at(["7"]), "odd");
    });

    it("is that of the holder for what is not there", () => {
        assert.equal(at(["a", "z", "y"]), "{");
        assert.equal(at(["c", 0, "z"], true), "*x");
        assert.equal(at(["c", 9]), "-");
        assert.equal(at([]), "a:");
        assert.equal(yamlOffset(parseDocument(""), ["a"]), 0);
    });
});
