import assert from "node:assert/strict";
import fc from "fast-check";
import { PiecedList } from "../../../platform/service/pieced-list";

describe("a list in pieces", () => {
    it("is the list that the same edits make of a plain one", () => {
        const edit = fc.record({ kind: fc.constantFrom("insert", "remove", "set"), at: fc.nat(9_999) });
        fc.assert(
            fc.property(fc.nat(4_000), fc.array(edit, { maxLength: 200 }), (length, edits) => {
                const plain: unknown[] = Array.from({ length }, (_, index) => index);
                const pieced = new PiecedList(plain);
                for (const [step, { kind, at }] of edits.entries()) {
                    const index = at % (plain.length + 1);
                    if (kind === "insert") {
                        plain.splice(index, 0, { step });
                        pieced.insert(index, { step });
                    } else if (index < plain.length && kind === "remove") {
                        assert.deepEqual([pieced.remove(index)], plain.splice(index, 1));
                    } else if (index < plain.length) {
                        plain[index] = step;
                        pieced.set(index, step);
                        assert.equal(pieced.at(index), step);
                    }
                }
                assert.equal(pieced.length, plain.length);
                assert.deepEqual(pieced.toJSON(), plain);
                assert.equal(JSON.stringify(pieced), JSON.stringify(plain));
            }),
            { numRuns: 200 },
        );
    });

    it("grows at one place, and shrinks to nothing", () => {
        const list = new PiecedList([]);
        for (let count = 0; count < 10_000; count += 1) list.insert(0, count);
        assert.deepEqual([list.length, list.at(0), list.at(9_999)], [10_000, 9_999, 0]);
        for (let count = 0; count < 10_000; count += 1) list.remove(0);
        list.insert(0, "again");
        assert.deepEqual(list.toJSON(), ["again"]);
    });
});
