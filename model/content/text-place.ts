/** A place in a text, counted from 1 as editors do. */
export interface TextPlace {
    line: number;
    column: number;
}

export function placeAt(text: string, offset: number): TextPlace {
    const before = text.slice(0, offset);
    const start = before.lastIndexOf("\n") + 1;
    let line = 1;
    for (let end = before.indexOf("\n"); end !== -1; end = before.indexOf("\n", end + 1)) line += 1;
    return { line, column: offset - start + 1 };
}
