/** Words of a line: plain text, or text as it stands in files and programs. */
export type Words = readonly (string | { code: string } | { strong: string })[];

/** An entry of a list, and what belongs to it. Lists are two levels deep. */
export interface ListEntry {
    words: Words;
    entries?: readonly Words[];
}

/** A part of a report that people read, before it is Markdown or a page. */
export type Block =
    | { heading: Words; level: 2 | 3 }
    | { paragraph: Words }
    | { entries: readonly ListEntry[] }
    | { head: readonly string[]; rows: readonly (readonly Words[])[] }
    | { diff: string };

export interface ReportDocument {
    title: string;
    blocks: readonly Block[];
}

/** Words between words: `a, b, c`. */
export function joinWords(all: readonly Words[], between = ", "): Words {
    return all.flatMap((words, index) => (index === 0 ? words : [between, ...words]));
}
