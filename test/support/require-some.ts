import assert from "node:assert/strict";

/** The list itself, which must not be empty: what is asserted of each of nothing would hold. */
export function requireSome<T>(list: Iterable<T>): T[] {
    const all = [...list];
    assert.ok(all.length > 0, "the list is empty");
    return all;
}
