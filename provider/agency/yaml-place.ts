import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from "yaml";

interface Found {
    /** The node of the key. For a list item, which has no key, the item itself. */
    key: Node;
    value: Node;
}

function resolved(document: Document, node: unknown): unknown {
    return isAlias(node) ? node.resolve(document) : node;
}

/** True for the pair of a key. */
export function isNamed({ key }: Pair, name: PropertyKey): boolean {
    return isScalar(key) && typeof key.value !== "symbol" && String(key.value) === String(name);
}

/** The library turns the key of a `<<` that merges into a symbol. */
export function isMerge({ key }: Pair): boolean {
    return isScalar(key) && typeof key.value === "symbol";
}

/** The maps that `<<` merges into a map, nearest first. */
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
 * Finds a path in the text, through aliases and merge keys. When it is missing, finds its nearest parent.
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
