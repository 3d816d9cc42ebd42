import assert from "node:assert/strict";

/** The list itself, which must not be empty: an assertion on each entry of an empty list always holds. */
export function requireSome<T>(list: Iterable<T>): T[] {
    const all = [...list];
    assert.ok(all.length > 0, "the list is empty");
    return all;
}
