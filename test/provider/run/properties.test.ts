import assert from "node:assert/strict";
import { isSame, pick, plain } from "../../../provider/run/properties";

describe("answers to the engine", () => {
    it("are plain JSON", () => {
        assert.deepEqual(plain({ a: undefined, b: [1, { c: undefined }], d: new Date(0) }), {
            b: [1, {}],
            d: "1970-01-01T00:00:00.000Z",
        });
    });

    it("compare by what they say, not by the order of their keys", () => {
        assert.ok(isSame({ a: 1, b: { c: 2, d: undefined } }, { b: { c: 2 }, a: 1 }));
        assert.ok(
            !isSame([1, 2], [2, 1]) &&
                !isSame({ a: 1 }, {}) &&
                isSame(undefined, undefined) &&
                !isSame(undefined, null),
        );
        assert.deepEqual(pick({ a: 1, b: undefined, c: 3 }, ["a", "b"]), { a: 1 });
    });
});
