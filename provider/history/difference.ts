import { isSame, type Properties } from "../run/properties";

/** A changed part of an object. */
export interface Difference {
    /** The property of the object. */
    key: string;
    /** The path of the file, where the property is a set of files. */
    file?: string;
    /** The address of the person, where the property is a list of members. */
    member?: string;
    from: unknown;
    to: unknown;
}

/**
 * Sets of files by the name that messages use: inputs have declared files as texts in `config`, outputs as ids in
 * `files`.
 */
const fileSets: Readonly<Record<string, string>> = { config: "config", files: "config", undeclared: "undeclared" };

function isRecord(value: unknown): value is Properties {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

function keysOf(...records: Properties[]): string[] {
    return [...new Set(records.flatMap(Object.keys))];
}

/** The differences between `before` and `after` in the named properties, with one for each file and member. */
export function findDifferences(keys: readonly string[], before: Properties, after: Properties): Difference[] {
    const changed = keys.filter((key) => !isSame(before[key], after[key]));
    return changed.flatMap((key): Difference[] => {
        const [from, to] = [before[key], after[key]];
        const set = fileSets[key];
        if ((set === undefined && key !== "members") || !(isRecord(from) || isRecord(to))) return [{ key, from, to }];
        const [known, found] = [isRecord(from) ? from : {}, isRecord(to) ? to : {}];
        const names = keysOf(known, found).filter((name) => !isSame(known[name], found[name]));
        return names.sort().map((name) => {
            const values = { from: known[name], to: found[name] };
            return set === undefined ? { key, member: name, ...values } : { key: set, file: name, ...values };
        });
    });
}

/** A value inside a property, and its path. */
export interface Leaf {
    path: string[];
    from: unknown;
    to: unknown;
}

/** The innermost values that differ. A list is one value: an index in it tells a reader nothing. */
export function leavesOf({ key, file, member, from, to }: Difference): Leaf[] {
    const open = (path: string[], one: unknown, other: unknown): Leaf[] => {
        if (!isRecord(one) || !isRecord(other)) return isSame(one, other) ? [] : [{ path, from: one, to: other }];
        return keysOf(one, other).flatMap((name) => open([...path, name], one[name], other[name]));
    };
    const name = file ?? member;
    return open(name === undefined ? [key] : [key, name], from, to);
}
