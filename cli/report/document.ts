/** The meaning of a word: fine, worth a look, wrong, or neutral. Also its CSS class on a page. */
export type Mood = "good" | "wait" | "bad" | "quiet";

/**
 * Plain text, or text of a kind: `code` as in files and programs, `copy` a value for people to copy, `strong` text that
 * must not be missed, `badge` a state.
 */
export type Word = string | { code: string } | { copy: string } | { strong: string } | { badge: string; mood: Mood };

/** Words of a line. */
export type Words = readonly Word[];

/** An entry of a list, and what belongs to it. Lists are two levels deep. */
export interface ListEntry {
    words: Words;
    entries?: readonly Words[];
}

/** A part of a report that people read, before it is text, Markdown or a page. */
export type Block =
    | { heading: Words; level: 2 | 3 }
    | { paragraph: Words }
    /** Additional information, such as when to do it. */
    | { aside: Words }
    | { entries: readonly ListEntry[] }
    /** Rows without a head: a name, then any number of cells about it. */
    | { facts: readonly (readonly Words[])[] }
    | { head: readonly string[]; rows: readonly (readonly Words[])[] }
    | { diff: string }
    /** Blocks behind a line that counts them. A reader of Markdown or a page opens it; a text has the line only. */
    | { fold: Words; blocks: readonly Block[] };

export interface ReportDocument {
    title: string;
    /** The result in short. */
    summary?: Words;
    blocks: readonly Block[];
}

/** Words between words: `a, b, c`. */
export function joinWords(all: readonly Words[], between = ", "): Words {
    return all.flatMap((words, index) => (index === 0 ? words : [between, ...words]));
}

/** Words without their kinds. */
export function plainWords(words: Words): string {
    return words
        .map((word) => {
            if (typeof word === "string") return word;
            if ("code" in word) return word.code;
            if ("copy" in word) return word.copy;
            return "badge" in word ? word.badge : word.strong;
        })
        .join("");
}
