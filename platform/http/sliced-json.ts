import { nextSlice } from "../slices";

const pieceLength = 64 * 1024;
const isLowHalf = (code: number) => code >= 0xdc00 && code <= 0xdfff;

/** The JSON of a text, in pieces that never cut a character in two: halves would be escaped. */
function* piecesOfText(text: string): Generator<string> {
    yield '"';
    for (let at = 0, end: number; at < text.length; at = end) {
        end = at + pieceLength;
        if (isLowHalf(text.charCodeAt(end))) end += 1;
        yield JSON.stringify(text.slice(at, end)).slice(1, -1);
    }
    yield '"';
}

function* piecesOf(value: unknown): Generator<string> {
    if (typeof value === "string" && value.length > pieceLength) yield* piecesOfText(value);
    else if (typeof value !== "object" || value === null) yield JSON.stringify(value);
    else if (Array.isArray(value)) {
        yield "[";
        for (const [at, item] of value.entries()) {
            if (at > 0) yield ",";
            yield* piecesOf(item);
        }
        yield "]";
    } else {
        yield "{";
        let isFirst = true;
        for (const [name, member] of Object.entries(value)) {
            if (member === undefined) continue;
            yield `${isFirst ? "" : ","}${JSON.stringify(name)}:`;
            isFirst = false;
            yield* piecesOf(member);
        }
        yield "}";
    }
}

/**
 * Writes the bytes that `JSON.stringify` makes of texts, numbers, lists and plain objects, with turns for others in
 * between, however long they are.
 */
export async function formatInSlices(value: unknown): Promise<Buffer> {
    await nextSlice();
    const done: Buffer[] = [];
    let open = "";
    for (const piece of piecesOf(value)) {
        open += piece;
        if (open.length < pieceLength) continue;
        done.push(Buffer.from(open, "utf8"));
        open = "";
        await nextSlice();
    }
    return Buffer.concat([...done, Buffer.from(open, "utf8")]);
}
