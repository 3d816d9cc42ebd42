import { parseDocument } from "yaml";
import { isTree } from "./list-change";

const plainText = /^[\p{L}\p{N}_/][\p{L}\p{N}_./@+=-]*(:[\p{L}\p{N}_./@+=-]+)*$/u;

/** A text as YAML writes it, in the quotes that it had. */
function sayText(text: string, quotes: unknown): string {
    if (quotes === "QUOTE_SINGLE" && !/[\n\r\t]/.test(text)) return `'${text.replaceAll("'", "''")}'`;
    const isText = plainText.test(text) && parseDocument(text).toJS() === text;
    return isText && quotes !== "QUOTE_DOUBLE" ? text : JSON.stringify(text);
}

/**
 * A value as YAML in one line.
 *
 * @param quotes the type of the node that it takes the place of
 */
export function sayYaml(value: unknown, quotes?: unknown): string {
    if (typeof value === "string") return sayText(value, quotes);
    if (Array.isArray(value)) return `[${value.map((item) => sayYaml(item)).join(", ")}]`;
    if (!isTree(value)) return JSON.stringify(value);
    const parts = Object.entries(value).filter(([, item]) => item !== undefined);
    return `{ ${parts.map(([key, item]) => `${sayYaml(key)}: ${sayYaml(item)}`).join(", ")} }`;
}
