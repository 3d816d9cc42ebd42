import { printable, printableLine } from "pulumi-section/internal";
import { type Block, joinWords, type ReportDocument, type Word, type Words } from "./document";
import { escapeMarkdown, markdownCode, markdownHead, markdownRow } from "./markdown";
import { MarkdownParts, type Pieces, spareCharacters } from "./markdown-parts";
import { wordsHtml } from "./words-html";

type PlainBlock = Exclude<Block, { fold: Words }>;

function markdownWord(word: Word): string {
    if (typeof word === "string") return escapeMarkdown(printableLine(word));
    if ("code" in word) return markdownCode(printable(word.code));
    if ("copy" in word) return markdownCode(printable(word.copy));
    return "badge" in word ? markdownWord(word.badge) : `**${markdownWord(word.strong)}**`;
}

const markdownWords = (words: Words) => words.map(markdownWord).join("");

/** Splits words into texts of a maximum length. Plain text is split at spaces; other words are kept whole. */
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

function piecesOf(block: PlainBlock, most: number, titleLevel: number): Pieces {
    if ("heading" in block) {
        const mark = "#".repeat(titleLevel + block.level - 1);
        return { form: "plain", pieces: [`${mark} ${markdownWords(block.heading)}`] };
    }
    if ("paragraph" in block) return { form: "plain", pieces: cutWords(block.paragraph, most) };
    if ("aside" in block) return { form: "plain", pieces: [`*${markdownWords(block.aside)}*`] };
    if ("diff" in block) {
        const lines = printable(block.diff).replace(/\n$/, "").split("\n");
        return { form: "diff", pieces: lines.flatMap((line) => cutLine(line, Math.floor(most / 4))) };
    }
    if ("entries" in block) {
        const lines = block.entries.flatMap(({ words, entries = [] }) => [
            ...cutWords(words, most).map((text) => `- ${text}`),
            ...entries.flatMap((each) => cutWords(each, most).map((text) => `  - ${text}`)),
        ]);
        return { form: "list", pieces: lines };
    }
    if ("facts" in block) {
        const lines = block.facts.map(([name = [], ...cells]) => [...name, ": ", ...joinWords(cells)]);
        return { form: "list", pieces: lines.flatMap((words) => cutWords(words, most)).map((line) => `- ${line}`) };
    }
    const rows = block.rows.map((cells) => markdownRow(cells.map(markdownWords)));
    return { form: "table", head: markdownHead(block.head), pieces: rows };
}

/** Words where Markdown is not read: in the line of a fold. An entity keeps a name from being a mention. */
function summaryWords(words: Words): string {
    return wordsHtml(words)
        .text.replaceAll(/[\r\n]+/g, " ")
        .replaceAll("@", "&#64;");
}

function addBlocks(parts: MarkdownParts, blocks: readonly Block[], most: number, titleLevel: number): void {
    for (const block of blocks) {
        if ("fold" in block) {
            parts.openFold(summaryWords(block.fold));
            addBlocks(parts, block.blocks, most / 2, titleLevel); // each part repeats the lines of its folds
            parts.closeFold();
        } else parts.add(piecesOf(block, most, titleLevel), "heading" in block);
    }
}

/**
 * A report as Markdown, in parts of at most `mostCharacters`. Nothing is left out: a block of code, table or list that
 * is split begins anew in the next part. Each of several parts says its number.
 *
 * @param mostCharacters at least 4,000
 * @param titleLevel of the heading; by default one for a text within another, such as a comment
 */
export function markdownParts(
    { title, summary, blocks }: ReportDocument,
    mostCharacters: number,
    titleLevel = 2,
): string[] {
    const most = mostCharacters - spareCharacters - title.length;
    const parts = new MarkdownParts(most);
    const all: Block[] = [...(summary === undefined ? [] : [{ paragraph: summary }]), ...blocks];
    addBlocks(parts, all, most - spareCharacters, titleLevel);
    return parts.texts.map((texts, index) => {
        const place = parts.texts.length > 1 ? `, part ${index + 1} of ${parts.texts.length}` : "";
        const heading = `${"#".repeat(titleLevel)} ${markdownWord(`${title}${place}`)}`;
        return `${[heading, ...texts].join("\n\n")}\n`;
    });
}

/** A report as one self-contained text of Markdown. */
export function documentMarkdown(document: ReportDocument): string {
    return markdownParts(document, Number.POSITIVE_INFINITY, 1).join("");
}
