/** What a promotion changes in a file. */
export interface FileLines {
    /** A unified diff, without the lines that are over the limit: then its last line says how many. */
    diff?: string;
    /** The reason why there is no diff, in words. */
    note?: string;
}

export type PromotedLines = Record<string, FileLines>;

/** The property of a preview's inputs with the lines that go live, by file. */
export const promotedLinesProperty = "__promotedLines";
