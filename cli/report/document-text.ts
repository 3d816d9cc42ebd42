import { columnLines, printable } from "pulumi-section/internal";
import { type Block, plainWords, type ReportDocument, type Words } from "./document";

/** Words on one line of a terminal. */
const say = (words: Words) => printable(plainWords(words)).replaceAll(/[\n\t]/g, " ");
const isTable = (block: Block | undefined) => block !== undefined && "head" in block;
const isDiff = (block: Block | undefined) => block !== undefined && "diff" in block;
const isHeading = (block: Block | undefined) => block !== undefined && "heading" in block;

/** @param below the indent of a list: a list belongs to the line above it, if there is one */
function linesOf(block: Block, below: string): string[] {
    if ("heading" in block) return [say(block.heading)];
    if ("paragraph" in block) return [say(block.paragraph)];
    if ("aside" in block) return [say(block.aside)];
    if ("diff" in block) return printable(block.diff.replace(/\n$/, "")).split("\n");
    if ("fold" in block) return [below + say(block.fold)];
    if ("head" in block) return columnLines([block.head, ...block.rows.map((cells) => cells.map(say))]);
    if ("facts" in block) return columnLines(block.facts.map((cells) => cells.map(say))).map((line) => below + line);
    return block.entries.flatMap(({ words, entries = [] }) => [
        below + say(words),
        ...entries.map((each) => `${below}    ${say(each)}`),
    ]);
}

/** True for a block with an empty line before it. */
function standsApart(block: Block, before: Block | undefined): boolean {
    if (isHeading(block) || isDiff(before)) return true;
    return isTable(block) ? !isHeading(before) : isTable(before);
}

/** A report for a terminal, in columns. Ends without a line break. */
export function documentText({ title, summary, blocks }: ReportDocument): string {
    const lines = [summary === undefined ? say([title]) : `${say([title])}: ${say(summary)}`];
    for (const [index, block] of blocks.entries()) {
        const before = blocks[index - 1];
        if (standsApart(block, before)) lines.push("");
        lines.push(...linesOf(block, isTable(before) ? "" : "  "));
    }
    return lines.join("\n");
}
