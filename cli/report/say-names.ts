/**
 * Names in a sentence. Of more than `most`, the first ones and the number of the others.
 *
 * @example sayNames(["Acme", "Bakery", "Zoo"], 2) === "Acme, Bakery and 1 more"
 */
export function sayNames(names: readonly string[], most = 10): string {
    if (names.length <= most) return names.join(", ");
    return `${names.slice(0, most).join(", ")} and ${(names.length - most).toLocaleString("en")} more`;
}
