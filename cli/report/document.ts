/** How something is taken: fine, worth a look, wrong, or neither. Also the class that colours it on a page. */
export type Mood = "good" | "wait" | "bad" | "quiet";

/**
 * Plain text, or text of a kind: `code` as it stands in files and programs, `copy` a value that people take along as it
 * is, `strong` what must not be missed, `badge` how something is.
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
    /** What one may know besides, such as when to do it. */
    | { aside: Words }
    | { entries: readonly ListEntry[] }
    /** Rows without a head: a name, and what is to say of it in as many cells as it takes. */
    | { facts: readonly (readonly Words[])[] }
    | { head: readonly string[]; rows: readonly (readonly Words[])[] }
    | { diff: string };

export interface ReportDocument {
    title: string;
    /** What it comes to. */
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
