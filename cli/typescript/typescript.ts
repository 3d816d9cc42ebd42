import { keyOf } from "./literal";

/** A text of several lines stays readable. */
function sayText(text: string): string {
    if (!text.includes("\n") || text.includes("\r")) return JSON.stringify(text);
    return `\`${text.replaceAll(/[\\`]|\$\{/g, "\\$&")}\``;
}

const widest = 80;
/** No expression, so that nobody takes it over unread. */
const secretGap = "/* a secret: read it where it is kept */";

/**
 * A value as TypeScript.
 *
 * @param isSecret whether the value at a path is left out
 */
export function sayValue(
    value: unknown,
    path: readonly string[],
    isSecret: (path: readonly string[]) => boolean,
    below = "",
): string {
    if (isSecret(path)) return secretGap;
    if (typeof value === "string") return sayText(value);
    if (typeof value !== "object" || value === null) return JSON.stringify(value);
    const deeper = `${below}    `;
    const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
    const items = Array.isArray(value)
        ? value.map((item) => sayValue(item, path, isSecret, deeper))
        : Object.entries(value)
              .filter(([, item]) => item !== undefined)
              .map(([key, item]) => `${keyOf(key)}: ${sayValue(item, [...path, key], isSecret, deeper)}`);
    const blank = open === "{" && items.length > 0 ? " " : "";
    const line = `${open}${blank}${items.join(", ")}${blank}${close}`;
    if (line.length <= widest && !line.includes("\n")) return line;
    return `${open}\n${items.map((item) => `${deeper}${item},\n`).join("")}${below}${close}`;
}
