import { type Document, isAlias, isMap, isScalar, isSeq, type Node, visit } from "yaml";
import { isMerge } from "./yaml-place";

/**
 * Gives the values of variables their text back where YAML reads a number and would write it in another way, such as
 * `1.10`, `0123` or `1e3`: a configuration file gets what stands in the list.
 */
export function keepVariableTexts(document: Document): void {
    const anchors = new Map<string, Node>();
    const seen = new Set<unknown>();
    const resolve = (node: unknown) => (isAlias(node) ? anchors.get(node.source) : node);
    const keepText = (node: unknown): void => {
        if (!isScalar(node) || node.source === undefined) return;
        if (typeof node.value === "number" && String(node.value) !== node.source) node.value = node.source;
    };
    const keepAll = (node: unknown): void => {
        const holder = resolve(node);
        if (seen.has(holder)) return;
        seen.add(holder);
        if (isSeq(holder)) holder.items.forEach(keepAll); // the sources of a merge
        if (!isMap(holder)) return;
        for (const pair of holder.items)
            if (isMerge(pair)) keepAll(pair.value);
            else keepText(resolve(pair.value));
    };
    visit(document, {
        Node: (_, node) => {
            if (!isAlias(node) && node.anchor !== undefined) anchors.set(node.anchor, node);
        },
        Pair: (_, { key, value }) => {
            if (isScalar(key) && key.value === "variables") keepAll(value);
        },
    });
}
