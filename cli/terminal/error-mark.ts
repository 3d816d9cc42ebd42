/** Words of a failure without the `error: ` that the engine and commander begin them with. */
export function withoutErrorMark(words: string): string {
    return words.trim().replace(/^error: /, "");
}
