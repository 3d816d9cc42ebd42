import assert from "node:assert/strict";
import { insert, openJson, parsePointer, remove, replace, resolve } from "../../../platform/service/json-pointer";

describe("a JSON pointer", () => {
    it("names the way to a place", () => {
        assert.deepEqual(parsePointer(""), []);
        assert.deepEqual(parsePointer("/"), [""]);
        assert.deepEqual(parsePointer("/a~1b/m~0n/0"), ["a/b", "m~n", "0"]);
        assert.throws(() => parsePointer("a"), /begins with \//);
        assert.throws(() => parsePointer("/~"), /write ~0/);
    });

    it("finds, puts in, replaces and takes out", () => {
        const document = openJson({ list: ["a", "b"], b: null });
        assert.equal(resolve(document, ["list", "1"]), "b");
        assert.equal(resolve(document, ["b"]), null);
        insert(document, ["list", "0"], "first");
        replace(document, ["list", "1"], "A");
        assert.equal(remove(document, ["list", "2"]), "b");
        assert.equal(JSON.stringify(document), '{"list":["first","A"],"b":null}');
        assert.throws(() => resolve(document, ["list", "length"]), /there is nothing at/);
    });
});
