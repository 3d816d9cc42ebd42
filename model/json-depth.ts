/** No configuration nests deeper than this. Writing deeper nesting as text would end in a stack overflow. */
export const deepestJson = 200;

/** What stands at one depth of parsed JSON. */
export interface JsonLevel {
    /** Values of any kind. */
    values: number;
    /** Those of them that hold further values. */
    holders: number;
    /** Those of them that have a name: the values in objects. */
    named: number;
}

/**
 * The levels of parsed JSON, from the document itself downwards. What can be iterated is a list. Walks without
 * recursion: no input overflows the stack.
 */
export function* levelsOf(document: unknown): Generator<JsonLevel> {
    let row: unknown[] = [document];
    let level: JsonLevel = { values: 1, holders: 0, named: 0 };
    while (level.values > 0) {
        const below: unknown[] = [];
        const next: JsonLevel = { values: 0, holders: 0, named: 0 };
        for (const value of row) {
            if (typeof value !== "object" || value === null) continue;
            const isList = Symbol.iterator in value;
            const held: unknown[] = isList ? Array.from(value as Iterable<unknown>) : Object.values(value);
            next.values += held.length;
            if (held.length > 0) level.holders += 1;
            if (!isList) next.named += held.length;
            for (const each of held) if (typeof each === "object" && each !== null) below.push(each);
        }
        yield level;
        [row, level] = [below, next];
    }
}

/** True when parsed JSON nests deeper than `levels`. */
export function isDeeperThan(document: unknown, levels = deepestJson): boolean {
    let level = 0;
    for (const _ of levelsOf(document)) {
        if (level > levels) return true;
        level += 1;
    }
    return false;
}
