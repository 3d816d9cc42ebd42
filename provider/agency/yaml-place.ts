import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from "yaml";

interface Found {
    /** The node of the key; of an item, which has none, the item itself. */
    key: Node;
    value: Node;
}

function resolved(document: Document, node: unknown): unknown {
    return isAlias(node) ? node.resolve(document) : node;
}

function isNamed({ key }: Pair, name: PropertyKey): boolean {
    return isScalar(key) && typeof key.value !== "symbol" && String(key.value) === String(name);
}

/** The library makes a symbol of a `<<` that merges. */
function isMerge({ key }: Pair): boolean {
    return isScalar(key) && typeof key.value === "symbol";
}

/** What `<<` brings into a map, nearest first. */
function mergedInto(document: Document, map: YAMLMap): YAMLMap[] {
    return map.items
        .filter(isMerge)
        .flatMap(({ value }) => {
            const source = resolved(document, value);
            return isSeq(source) ? source.items.map((item) => resolved(document, item)) : [source];
        })
        .filter(isMap);
}

function stepInto(document: Document, node: unknown, key: PropertyKey): Found | undefined {
    const holder = resolved(document, node);
    if (isSeq(holder)) {
        const item = holder.items[Number(key)] as Node | undefined;
        return item && { key: item, value: item };
    }
    if (!isMap(holder)) return undefined;
    const pair = holder.items.find((each) => isNamed(each, key));
    if (pair !== undefined) return { key: pair.key as Node, value: (pair.value ?? pair.key) as Node };
    for (const source of mergedInto(document, holder)) {
        const found = stepInto(document, source, key);
        if (found !== undefined) return found;
    }
    return undefined;
}

/**
 * Where in the text a path leads, through aliases and merge keys; for what is not there, where its nearest holder
 * stands.
 *
 * @returns an offset into the text
 */
export function yamlOffset(document: Document, path: readonly PropertyKey[], isKey = false): number {
    let node = document.contents as Node | null;
    let key: Node | null = node;
    let isThere = true;
    for (const step of path) {
        const found = stepInto(document, node, step);
        isThere = found !== undefined;
        if (found === undefined) break;
        key = found.key;
        node = found.value;
    }
    return ((isKey && isThere ? key : node)?.range ?? [0])[0];
}
