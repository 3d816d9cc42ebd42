import { levelsOf } from "./json-depth";

/**
 * The number of characters of a document that is laid out: a value a line, each level deeper by `indent` characters.
 * Nothing is written: the layout of a deep document can be hundreds of times as long as its content.
 *
 * @param compact the document as `JSON.stringify` writes it
 */
export function laidOutLength(document: unknown, compact: string, indent: number): number {
    let length = compact.length;
    let [depth, opened] = [0, 0];
    for (const { values, holders, named } of levelsOf(document)) {
        const lines = depth === 0 ? 0 : values * (1 + indent * depth) + opened * (1 + indent * (depth - 1));
        length += lines + named; // a blank stands before a value that has a name
        opened = holders;
        depth += 1;
    }
    return length;
}
