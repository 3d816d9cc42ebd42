import type { Block, ReportDocument, Words } from "./document";
import { escapeMarkdown, markdownBlock, markdownCode } from "./markdown";

/**
 * What may be put apart: pieces of one block stand below each other, with `open` before and `close` after those of one
 * part.
 */
interface Pieces {
    pieces: string[];
    /** `diff` pieces are lines of a block of code, whose fence follows from them. */
    form: "plain" | "list" | "table" | "diff";
    head?: string;
}

function markdownWord(word: Words[number]): string {
    if (typeof word === "string") return escapeMarkdown(word);
    return "code" in word ? markdownCode(word.code) : `**${escapeMarkdown(word.strong)}**`;
}

/**
 * Words in as many texts as it takes for each to be at most so long. Plain text is put apart at spaces, other words are
 * kept whole.
 */
function cutWords(words: Words, most: number): string[] {
    const texts = [""];
    for (const word of words.flatMap((each) =>
        typeof each === "string" && each.length > most / 8 ? (each.match(/\S*\s*/g) ?? []) : [each],
    )) {
        const text = markdownWord(word);
        const last = texts.length - 1;
        if ((texts[last] as string).length + text.length > most && texts[last] !== "") texts.push(text.trimStart());
        else texts[last] += text;
    }
    return texts;
}

/** A line of a diff that is longer than a part goes on in lines of the same sign, after an arrow. */
function cutLine(line: string, most: number): string[] {
    if (line.length <= most) return [line];
    const at = /[\ud800-\udbff]/.test(line[most - 1] as string) ? most - 1 : most;
    return [line.slice(0, at), ...cutLine(`${line[0]}↪${line.slice(at)}`, most)];
}

function piecesOf(block: Block, most: number): Pieces {
    if ("heading" in block)
        return {
            form: "plain",
            pieces: [`${"#".repeat(block.level + 1)} ${block.heading.map(markdownWord).join("")}`],
        };
    if ("paragraph" in block) return { form: "plain", pieces: cutWords(block.paragraph, most) };
    if ("diff" in block) {
        const lines = block.diff.replace(/\n$/, "").split("\n");
        return { form: "diff", pieces: lines.flatMap((line) => cutLine(line, Math.floor(most / 4))) };
    }
    if ("entries" in block) {
        const lines = block.entries.flatMap(({ words, entries = [] }) => [
            ...cutWords(words, most).map((text) => `- ${text}`),
            ...entries.flatMap((each) => cutWords(each, most).map((text) => `  - ${text}`)),
        ]);
        return { form: "list", pieces: lines };
    }
    const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
    const head = `${row(block.head)}\n${row(block.head.map(() => "---"))}`;
    return {
        form: "table",
        head,
        pieces: block.rows.map((cells) => row(cells.map((cell) => cell.map(markdownWord).join("")))),
    };
}

function render({ form, head, pieces }: Pieces): string {
    if (form === "diff") return markdownBlock(pieces.join("\n"), "diff");
    return [...(head === undefined ? [] : [head]), ...pieces].join("\n");
}

/** Room for headings, fences and the heads of tables. */
const spareCharacters = 500;

class Parts {
    readonly parts: string[][] = [[]];
    #length = 0;

    constructor(readonly most: number) {}

    #room(): number {
        return this.most - this.#length;
    }

    #begin(): void {
        if (this.parts.at(-1)?.length === 0) return;
        this.parts.push([]);
        this.#length = 0;
    }

    #put(text: string): void {
        this.parts.at(-1)?.push(text);
        this.#length += text.length + 2;
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
}

/**
 * A report as Markdown, in as many parts as it takes for each to be at most so many characters long. Nothing is left
 * out: blocks of code, tables and lists that go on in the next part begin anew there. Each of several parts says which
 * one it is.
 *
 * @param mostCharacters at least 4,000
 */
export function markdownParts({ title, blocks }: ReportDocument, mostCharacters: number): string[] {
    const most = mostCharacters - spareCharacters - title.length;
    const parts = new Parts(most);
    for (const block of blocks) parts.add(piecesOf(block, most - spareCharacters), "heading" in block);
    return parts.parts.map((texts, index) => {
        const place = parts.parts.length > 1 ? `, part ${index + 1} of ${parts.parts.length}` : "";
        return `${[`## ${escapeMarkdown(`${title}${place}`)}`, ...texts].join("\n\n")}\n`;
    });
}
