import { markdownBlock } from "./markdown";

/** A block that may be split: its pieces follow each other, in each part under the block's head. */
export interface Pieces {
    pieces: string[];
    /** `diff` pieces are lines of a block of code, whose fence follows from them. */
    form: "plain" | "list" | "table" | "diff";
    /** The first rows of a table. */
    head?: string;
}

/** Room for headings, fences and the heads of tables. */
export const spareCharacters = 500;

function render({ form, head, pieces }: Pieces): string {
    if (form === "diff") return markdownBlock(pieces.join("\n"), "diff");
    return [...(head === undefined ? [] : [head]), ...pieces].join("\n");
}

const foldEnd = "</details>";
const foldStart = (summary: string) => `<details>\n<summary>${summary}</summary>`;

/** Texts of at most `most` characters, each of them whole: what goes on in the next one begins anew there. */
export class MarkdownParts {
    readonly #parts: string[][] = [[]];
    #length = 0;
    /** Nothing but the beginnings of folds is in the last part. */
    #isBare = true;
    /** The summaries of the folds that are open, the outermost first. */
    readonly #folds: string[] = [];

    constructor(readonly most: number) {}

    /** The texts so far, each as its blocks. */
    get texts(): readonly (readonly string[])[] {
        return this.#parts;
    }

    add(block: Pieces, isHeading: boolean): void {
        const whole = render(block);
        // a heading does not stay behind alone
        if (whole.length + 2 + (isHeading ? spareCharacters : 0) <= this.#room()) {
            this.#put(whole);
            return;
        }
        if (isHeading || this.#room() < this.most / 4) this.#begin();
        const around = whole.length - block.pieces.join("\n").length + 2;
        let [fitting, length]: [string[], number] = [[], around];
        const flush = () => {
            if (fitting.length > 0) this.#put(render({ ...block, pieces: fitting }));
            [fitting, length] = [[], around];
        };
        for (const piece of block.pieces) {
            if (length + piece.length + 1 > this.#room()) {
                flush();
                this.#begin();
            }
            fitting.push(piece);
            length += piece.length + 1;
        }
        flush();
    }

    /** Begins a fold; blocks are in it until `closeFold`. */
    openFold(summary: string): void {
        // as a heading, it does not stay behind alone
        if (foldStart(summary).length + spareCharacters > this.#room()) this.#begin();
        this.#write(foldStart(summary));
        this.#folds.push(summary);
    }

    closeFold(): void {
        this.#folds.pop();
        this.#put(foldEnd);
    }

    #room(): number {
        return this.most - this.#length - this.#folds.length * (foldEnd.length + 2);
    }

    #begin(): void {
        if (this.#isBare) return;
        this.#parts.at(-1)?.push(...this.#folds.map(() => foldEnd));
        this.#parts.push([]);
        this.#length = 0;
        this.#isBare = true;
        for (const summary of this.#folds) this.#write(foldStart(`${summary} (continued)`));
    }

    #put(text: string): void {
        this.#write(text);
        this.#isBare = false;
    }

    #write(text: string): void {
        this.#parts.at(-1)?.push(text);
        this.#length += text.length + 2;
    }
}
