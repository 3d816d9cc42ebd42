export interface FileDiff {
    /** A unified diff without the names of files: its hunks, with line numbers. Empty for equal texts. */
    text: string;
    /** Added and removed lines, with their positions. Equal for texts that differ only in unchanged lines. */
    edit: string;
}

const hunkHead = /^@@ -(\d+),\d+ \+(\d+),\d+ @@/;

/** The `edit` of a unified diff. */
export function editOf(text: string): string {
    const edit: string[] = [];
    let [before, after] = [0, 0];
    for (const line of text.split("\n")) {
        const head = hunkHead.exec(line);
        if (head !== null) [before, after] = [Number(head[1]), Number(head[2])];
        else if (line.startsWith(" ")) {
            before += 1;
            after += 1;
        } else if (line.startsWith("-")) edit.push(`${before++} ${line}`);
        else if (line.startsWith("+")) edit.push(`${after++} ${line}`);
        else if (line !== "") edit.push(line); // a remark, such as that there is no line break at the end
    }
    return edit.join("\n");
}

/**
 * Compares two texts, line by line. `undefined` is a file that is not there.
 *
 * @example diffFiles("a\n", "b\n").text === "@@ -1,1 +1,1 @@\n-a\n+b\n"
 */
export function diffFiles(from: string | undefined, to: string | undefined): FileDiff {
    // most runs of the provider compare nothing
    const { structuredPatch }: typeof import("diff") = require("diff");
    const { hunks } = structuredPatch("", "", from ?? "", to ?? "");
    const place = (start: number, count: number) => `${count === 0 ? start - 1 : start},${count}`; // of no lines: the line before
    const text = hunks
        .flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [
            `@@ -${place(oldStart, oldLines)} +${place(newStart, newLines)} @@`,
            ...lines,
        ])
        .map((line) => `${line}\n`)
        .join("");
    return { text, edit: editOf(text) };
}
