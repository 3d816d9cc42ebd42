import { structuredPatch } from "diff";

export interface FileDiff {
    /** A unified diff without the names of files: its hunks, with line numbers. Empty for equal texts. */
    text: string;
    /** Added and removed lines, with their positions. Equal for texts that differ only in unchanged lines. */
    edit: string;
}

/**
 * Compares two texts, line by line. `undefined` is a file that is not there.
 *
 * @example diffFiles("a\n", "b\n").text === "@@ -1,1 +1,1 @@\n-a\n+b\n"
 */
export function diffFiles(from: string | undefined, to: string | undefined): FileDiff {
    const { hunks } = structuredPatch("", "", from ?? "", to ?? "");
    const lines: string[] = [];
    const edit: string[] = [];
    for (const hunk of hunks) {
        const place = (start: number, count: number) => `${count === 0 ? start - 1 : start},${count}`; // of no lines: the line before
        lines.push(
            `@@ -${place(hunk.oldStart, hunk.oldLines)} +${place(hunk.newStart, hunk.newLines)} @@`,
            ...hunk.lines,
        );
        let [before, after] = [hunk.oldStart, hunk.newStart];
        for (const line of hunk.lines) {
            if (line.startsWith(" ")) {
                before += 1;
                after += 1;
            } else if (line.startsWith("-")) edit.push(`${before++} ${line}`);
            else if (line.startsWith("+")) edit.push(`${after++} ${line}`);
            else edit.push(line); // no line break at the end
        }
    }
    return { text: lines.map((line) => `${line}\n`).join(""), edit: edit.join("\n") };
}
