/**
 * A number of things in words.
 *
 * @example sayCount(1, "person", "people") === "1 person"
 */
export function sayCount(count: number, one: string, several = `${one}s`): string {
    return `${count.toLocaleString("en")} ${count === 1 ? one : several}`;
}
