/** Another value for one property of a list of clients. */
export interface ListChange {
    /** Such as `["clients", 0, "sites", 1, "origin", "address"]`. */
    path: readonly PropertyKey[];
    /** As a list has it after it was read. Undefined: the property goes. */
    value: unknown;
}

/** A piece of a text, and what takes its place. */
export interface TextEdit {
    start: number;
    end: number;
    text: string;
}

/** The text with its edits made. They do not overlap. */
export function editText(text: string, edits: readonly TextEdit[]): string {
    return [...edits]
        .sort((one, other) => other.start - one.start)
        .reduce((before, { start, end, text: own }) => before.slice(0, start) + own + before.slice(end), text);
}

type Tree = Record<string, unknown>;

/** True for an object that is no list. */
export function isTree(value: unknown): value is Tree {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * The innermost changes that make one value another.
 *
 * @param opensLists whether lists of the same length are compared item by item; else a list is one value
 */
export function innermostChanges(
    path: readonly PropertyKey[],
    before: unknown,
    value: unknown,
    opensLists: boolean,
): ListChange[] {
    const isList = opensLists && Array.isArray(before) && Array.isArray(value) && before.length === value.length;
    if (!isList && !(isTree(before) && isTree(value)))
        return JSON.stringify(before) === JSON.stringify(value) ? [] : [{ path, value }];
    const [from, to] = [before as Tree, value as Tree];
    const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])];
    return keys.flatMap((key) =>
        innermostChanges([...path, isList ? Number(key) : key], from[key], to[key], opensLists),
    );
}
