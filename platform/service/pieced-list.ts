const pieceLength = 1_024;

/** A list in pieces, so that an edit moves few of its items however many there are. */
export class PiecedList {
    readonly #pieces: unknown[][] = [];
    #length: number;

    constructor(items: readonly unknown[]) {
        for (let at = 0; at < items.length; at += pieceLength) this.#pieces.push(items.slice(at, at + pieceLength));
        this.#length = items.length;
    }

    get length(): number {
        return this.#length;
    }

    at(index: number): unknown {
        const [piece, place] = this.#find(index);
        return piece[place];
    }

    set(index: number, value: unknown): void {
        const [piece, place] = this.#find(index);
        piece[place] = value;
    }

    /** Puts an item before the one at `index`, or at the end. */
    insert(index: number, value: unknown): void {
        if (this.#pieces.length === 0) this.#pieces.push([]);
        const [piece, place, at] = this.#find(index);
        piece.splice(place, 0, value);
        this.#length += 1;
        if (piece.length > 2 * pieceLength) this.#pieces.splice(at + 1, 0, piece.splice(pieceLength));
    }

    /** Takes an item out, and returns it. */
    remove(index: number): unknown {
        const [piece, place, at] = this.#find(index);
        const [value] = piece.splice(place, 1);
        this.#length -= 1;
        if (piece.length === 0) this.#pieces.splice(at, 1);
        return value;
    }

    *[Symbol.iterator](): Generator<unknown> {
        for (const piece of this.#pieces) yield* piece;
    }

    /** The plain list: `JSON.stringify` asks for it. */
    toJSON(): unknown[] {
        return this.#pieces.flat();
    }

    /** The piece that an index lies in, its place there, and which piece it is. The end belongs to the last one. */
    #find(index: number): [piece: unknown[], place: number, at: number] {
        let [place, at] = [index, 0];
        for (; at < this.#pieces.length - 1; at += 1) {
            const { length } = this.#pieces[at] as unknown[];
            if (place < length) break;
            place -= length;
        }
        return [this.#pieces[at] as unknown[], place, at];
    }
}
