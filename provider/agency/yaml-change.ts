import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, parseDocument, type YAMLMap, type YAMLSeq } from "yaml";
import { refusal } from "../run/refusal";
import { editText, isTree, type ListChange, type TextEdit } from "./list-change";
import { isPairOf } from "./yaml-place";
import { sayYaml } from "./yaml-text";

/** A node on the way to a place. The first one has no holder. */
interface Step {
    node: Node;
    holder?: YAMLMap | YAMLSeq;
    /** Where a map holds it. */
    pair?: Pair;
}

function byHand(reason: string): Error {
    return refusal(reason, "Change this place by hand");
}

function rangeOf(node: Node): { start: number; end: number } {
    const [start, end] = node.range as [number, number, number];
    return { start, end };
}

function pairRange({ key, value }: Pair): { start: number; end: number } {
    return { start: rangeOf(key as Node).start, end: rangeOf((value ?? key) as Node).end };
}

const isInline = (node: unknown) => (isMap(node) || isSeq(node) ? node.flow === true : true);
const lineStart = (text: string, at: number) => text.lastIndexOf("\n", at - 1) + 1;
const lineEnd = (text: string, at: number) => at + text.slice(at).search(/\r?\n|$/);
/** The end of a line with the characters that end it. */
const nextLine = (text: string, at: number) => {
    const end = text.indexOf("\n", at);
    return end === -1 ? text.length : end + 1;
};
const newLineOf = (text: string) => (text.includes("\r\n") ? "\r\n" : "\n");

/** Another choice of the items of a map or list that is written in one line. What stands between them stays. */
function chooseItems(
    text: string,
    node: YAMLMap | YAMLSeq,
    isKept: (item: unknown) => boolean,
    added: readonly string[],
): TextEdit {
    const { start, end } = rangeOf(node);
    const items = node.items.map((item) => ({
        item,
        ...(isMap(node) ? pairRange(item as Pair) : rangeOf(item as Node)),
    }));
    const [open, close] = isMap(node) ? ["{", "}"] : ["[", "]"];
    const blank = isMap(node) ? " " : "";
    const first = items[0]?.start;
    const before = first === undefined ? open + blank : text.slice(start, first);
    const after = first === undefined ? blank + close : text.slice(items.at(-1)?.end, end);
    const between = items.map((item, index) => (index === 0 ? "" : text.slice(items[index - 1]?.end, item.start)));
    const kept = items.flatMap((each, index) =>
        isKept(each.item) ? [{ gap: between[index] as string, text: text.slice(each.start, each.end) }] : [],
    );
    const last = between.at(-1) || ", ";
    const all = [...kept, ...added.map((item) => ({ gap: last.includes("#") ? ", " : last, text: item }))];
    if (all.length === 0) return { start, end, text: open + close };
    const inner = all.map((each, index) => (index === 0 ? each.text : (each.gap || ", ") + each.text)).join("");
    return { start, end, text: before + inner + after };
}

/** Takes the last of the steps away, with the holders that would be empty without it. */
function removeStep(text: string, steps: readonly Step[]): TextEdit {
    const { node, holder, pair } = steps.at(-1) as Step;
    if (holder === undefined) throw byHand("nothing would be left");
    if (isInline(holder)) return chooseItems(text, holder, (item) => item !== (pair ?? node), []);
    if (holder.items.length === 1) return removeStep(text, steps.slice(0, -1));
    const { start, end } = pair === undefined ? rangeOf(node) : pairRange(pair);
    const from = lineStart(text, start);
    const before = text.slice(from, start);
    if (!(pair === undefined ? /^\s*-\s+$/ : /^\s*$/).test(before)) throw byHand("other values stand in its line");
    return { start: from, end: nextLine(text, from + text.slice(from, end).trimEnd().length), text: "" };
}

/** Adds a key to a map that does not have it. */
function addKey(text: string, map: YAMLMap, key: PropertyKey, value: unknown): TextEdit {
    const pair = `${sayYaml(String(key))}: ${sayYaml(value)}`;
    if (isInline(map)) return chooseItems(text, map, () => true, [pair]);
    const [first] = map.items;
    if (first === undefined) throw byHand("the map is empty");
    const { start } = pairRange(first);
    const indent = " ".repeat(start - lineStart(text, start));
    const before = map.items.filter(({ value: each }) => isInline(each) && !isBlockText(each)).at(-1);
    if (before === undefined) return { start, end: start, text: `${pair}${newLineOf(text)}${indent}` };
    const end = lineEnd(text, pairRange(before).end);
    return { start: end, end, text: `${newLineOf(text)}${indent}${pair}` };
}

const isBlockText = (node: unknown) =>
    isScalar(node) && (node.type === "BLOCK_LITERAL" || node.type === "BLOCK_FOLDED");

/** Gives a list other items: some go, others come at its end. */
function setItems(text: string, steps: readonly Step[], list: YAMLSeq, value: readonly unknown[]): TextEdit[] {
    const said = (item: unknown) => JSON.stringify(item);
    const wanted = new Set(value.map(said));
    const before = list.items.map((item) => said((item as Node).toJSON()));
    const kept = before.map((item) => wanted.has(item));
    const added = value.filter((item) => !before.includes(said(item)));
    const result = [...before.filter((_, index) => kept[index]), ...added.map(said)];
    const isKept = result.join() === value.map(said).join();
    const keptItems = new Set<unknown>(list.items.filter((_, index) => kept[index]));
    if (isInline(list)) {
        const [keeps, more] = isKept ? [keptItems, added] : [new Set<unknown>(), value];
        return [
            chooseItems(
                text,
                list,
                (item) => keeps.has(item),
                more.map((item) => sayYaml(item)),
            ),
        ];
    }
    if (!isKept) throw byHand("the items have another order");
    if (!kept.includes(true)) throw byHand("no item would be left");
    const leaving = list.items.filter((_, index) => !kept[index]) as Node[];
    const edits = leaving.map((node) => removeStep(text, [...steps, { node, holder: list }]));
    if (added.length === 0) return edits;
    const last = list.items.filter((item) => keptItems.has(item)).at(-1) as Node;
    const { start, end } = rangeOf(last);
    const indent = text.slice(lineStart(text, start), start);
    const at = lineEnd(text, lineStart(text, start) + text.slice(lineStart(text, start), end).trimEnd().length);
    return [
        ...edits,
        { start: at, end: at, text: added.map((item) => `${newLineOf(text)}${indent}${sayYaml(item)}`).join("") },
    ];
}

/** Gives the last of the steps a value. */
function setValue(text: string, steps: readonly Step[], value: unknown): TextEdit[] {
    const { node } = steps.at(-1) as Step;
    if (isAlias(node)) throw sharedBy(node.source);
    if (isScalar(node) && !isBlockText(node)) return [{ ...rangeOf(node), text: sayYaml(value, node.type) }];
    if (isSeq(node) && Array.isArray(value)) return setItems(text, steps, node, value);
    throw byHand("the value is written over several lines");
}

function sharedBy(anchor: string): Error {
    return refusal(
        `the value comes from the anchor &${anchor}, which other places share`,
        `Write the value out in place of *${anchor}`,
    );
}

/** Adds what is missing of a path. */
function addValue(text: string, { node }: Step, path: readonly PropertyKey[], value: unknown): TextEdit[] {
    const [key, ...rest] = path as [PropertyKey, ...PropertyKey[]];
    const inner = rest.reduceRight<unknown>((within, each) => ({ [String(each)]: within }), value);
    if (isMap(node)) return [addKey(text, node, key, inner)];
    // an origin that is its address alone
    if (!isScalar(node) || isBlockText(node)) throw byHand("the value has no place there");
    const { start, end } = rangeOf(node);
    if (key === "address") return [{ start, end, text: sayYaml(value, node.type) }];
    const parts = `address: ${text.slice(start, end)}, ${sayYaml(String(key))}: ${sayYaml(inner)}`;
    return [{ start, end, text: `{ ${parts} }` }];
}

/** The steps to a place, as far as there are any. */
function walk(text: string, path: readonly PropertyKey[]): Step[] {
    const steps: Step[] = [{ node: parseDocument(text, { merge: true }).contents as Node }];
    for (const key of path) {
        const { node } = steps.at(-1) as Step;
        if (isAlias(node)) throw sharedBy(node.source);
        const next = stepInto(node, key);
        if (next === undefined) break;
        steps.push(next);
    }
    return steps;
}

function stepInto(node: Node, key: PropertyKey): Step | undefined {
    if (isSeq(node)) {
        const item = node.items[Number(key)] as Node | undefined;
        return item && { node: item, holder: node };
    }
    if (!isMap(node)) return undefined;
    // an e-mail address may stand there in other capitals
    const pair =
        node.items.find((each) => isPairOf(each, key)) ??
        node.items.find((each) => isScalar(each.key) && String(each.key.value).toLowerCase() === key);
    return pair && { node: (pair.value ?? pair.key) as Node, holder: node, pair };
}

/**
 * The text of a YAML list with another value, and everything else as it is, comments too.
 *
 * @throws Problem `invalid-input` where the place cannot be written without touching others
 */
export function changeYaml(text: string, { path, value }: ListChange): string {
    const steps = walk(text, path);
    const last = steps.at(-1) as Step;
    const missing = path.slice(steps.length - 1);
    if (missing.length > 0) return value === undefined ? text : editText(text, addValue(text, last, missing, value));
    if (value === undefined) return editText(text, [removeStep(text, steps)]);
    // a person with a role and perhaps a last day
    if (isMap(last.node) && (isTree(value) || typeof value === "string")) {
        const parts = isTree(value) ? value : { role: value, until: undefined };
        return Object.entries(parts).reduce(
            (now, [key, part]) => changeYaml(now, { path: [...path, key], value: part }),
            text,
        );
    }
    return editText(text, setValue(text, steps, value));
}
