import { diffLines } from "diff";
import { isPlainObject, isSame, isSecret, type Properties, unknownValue } from "./values";

type Sign = "+" | "-" | "~" | " ";

const indent = (depth: number) => "    ".repeat(depth);
const line = (depth: number, sign: Sign, text: string) => `${indent(depth)}${sign} ${text}`;

function literalOf(value: unknown): string {
    if (isSecret(value)) return "[secret]";
    if (value === unknownValue) return "output<string>";
    return JSON.stringify(value);
}

/** A value that is on one side only, with its whole content. */
function whole(depth: number, sign: Sign, label: string, value: unknown): string[] {
    if (Array.isArray(value)) {
        const items = value.flatMap((each, index) =>
            whole(depth + 1, sign, `${sign === " " ? "" : "    "}[${index}]`, each),
        );
        return [line(depth, sign, `${label}: [`), ...items, line(depth, sign, "]")];
    }
    if (isPlainObject(value))
        return [line(depth, sign, `${label}: {`), ...eachOf(depth, sign, value), line(depth, sign, "}")];
    return [line(depth, sign, `${label}: ${literalOf(value)}`)];
}

function eachOf(depth: number, sign: Sign, value: Record<string, unknown>): string[] {
    const width = widest(Object.keys(value));
    return Object.entries(value).flatMap(([key, each]) => whole(depth + 1, sign, key.padEnd(width), each));
}

const widest = (keys: readonly string[]) => Math.max(0, ...keys.map((key) => key.length));

function differenceOfText(depth: number, label: string, before: string, after: string): string[] {
    const lines = diffLines(before, after).flatMap(({ value, added, removed }) =>
        value
            .replace(/\n$/, "")
            .split("\n")
            .map((text) => line(depth + 1, added ? "+" : removed ? "-" : " ", text)),
    );
    return [line(depth, "~", `${label}:`), ...lines];
}

function differenceAt(depth: number, label: string, before: unknown, after: unknown): string[] {
    if (isSame(before, after)) return [];
    if (before === undefined) return whole(depth, "+", label, after);
    if (after === undefined) return whole(depth, "-", label, before);
    if (Array.isArray(before) && Array.isArray(after)) {
        const items = Array.from({ length: Math.max(before.length, after.length) }, (_, index) =>
            differenceAt(depth + 1, `[${index}]`, before[index], after[index]),
        );
        return [line(depth, "~", `${label}: [`), ...items.flat(), line(depth, " ", "]")];
    }
    if (isPlainObject(before) && isPlainObject(after))
        return [line(depth, "~", `${label}: {`), ...differenceOf(before, after, depth + 1), line(depth, " ", "}")];
    if (typeof before === "string" && typeof after === "string" && `${before}${after}`.includes("\n"))
        return differenceOfText(depth, label, before, after);
    const isOfOneKind =
        isPlainObject(before) === isPlainObject(after) && Array.isArray(before) === Array.isArray(after);
    if (isOfOneKind) return [line(depth, "~", `${label}: ${literalOf(before)} => ${literalOf(after)}`)];
    return [...whole(depth, "-", label, before), ...whole(depth, "+", label, after)];
}

/**
 * The differences between the inputs before and after, line by line, as `pulumi preview --diff` shows them. Keys that
 * begin with two underscores are never shown. Unlike the engine it shows only differences, whatever the provider said.
 */
export function differenceOf(before: Properties, after: Properties, depth = 1): string[] {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])]
        .filter((key) => !key.startsWith("__") && !isSame(before[key], after[key]))
        .sort();
    const width = widest(keys);
    return keys.flatMap((key) => differenceAt(depth, key.padEnd(width), before[key], after[key]));
}
