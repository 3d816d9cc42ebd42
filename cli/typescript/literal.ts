/** Text that is code already, such as a variable. */
export class Code {
    constructor(readonly text: string) {}
}

const widest = 120;
const step = "    ";

/** A key of an object literal. */
export function keyOf(key: string): string {
    if (key === "__proto__") return '["__proto__"]'; // as a plain key it would be the prototype
    return /^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key);
}

function lines(open: string, parts: readonly string[], close: string, indent: string, used: number): string {
    const gap = open === "{" ? " " : "";
    const inline = `${open}${gap}${parts.join(", ")}${gap}${close}`;
    if (parts.length === 0) return `${open}${close}`;
    if (inline.length + indent.length + used <= widest && !inline.includes("\n")) return inline;
    return `${open}\n${parts.map((part) => `${indent}${step}${part},\n`).join("")}${indent}${close}`;
}

/**
 * A value as TypeScript writes it. Text is quoted as JSON, so that no character of it can end the quotes.
 *
 * @param used characters that stand on the line beside it
 */
export function literalOf(value: unknown, indent = "", used = 0): string {
    if (value instanceof Code) return value.text;
    const within = (item: unknown, more = 0) => literalOf(item, indent + step, more);
    if (Array.isArray(value)) {
        const items = value.map((item) => within(item));
        return lines("[", items, "]", indent, used);
    }
    if (typeof value !== "object" || value === null) return JSON.stringify(value);
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    const parts = entries.map(([key, item]) => `${keyOf(key)}: ${within(item, keyOf(key).length + 2)}`);
    return lines("{", parts, "}", indent, used);
}
