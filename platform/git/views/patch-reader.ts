/** A line of a text file before or after a change; `added` has no number before, `removed` none after. */
export interface PatchLine {
    kind: "same" | "added" | "removed";
    before?: number;
    after?: number;
    text: string;
    /** The file ends without a line break here. */
    isUnended?: true;
}

export interface Hunk {
    /** The line that git takes for the beginning of the block around the hunk. */
    heading: string;
    lines: PatchLine[];
}

export interface FileChange {
    path: string;
    change: "added" | "removed" | "changed";
    /** Modes before and after, if they differ. */
    modes?: { before: string; after: string };
    /** The number of lines; undefined for a file that is binary or too large. */
    added?: number;
    removed?: number;
    hunks: Hunk[];
    /** Some of the file's lines are left out. */
    isCut: boolean;
}

export interface PatchLimits {
    /** Files whose lines are kept; of more, only the names. */
    files: number;
    /** Lines kept of one file. */
    lines: number;
    /** Characters kept of one line. */
    width: number;
}

/** Undoes the quotes that git puts around a path with odd bytes. */
export function unquotePath(text: string): string {
    if (!text.startsWith('"')) return text;
    const escapes: Record<string, number> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13 };
    const bytes = [...text.slice(1, -1).matchAll(/\\([0-7]{3})|\\(.)|([^\\]+)/g)].map(([, octal, escaped, plain]) => {
        if (octal !== undefined) return Buffer.from([Number.parseInt(octal, 8)]);
        if (escaped !== undefined) return Buffer.from([escapes[escaped] ?? escaped.charCodeAt(0)]);
        return Buffer.from(plain ?? "");
    });
    return Buffer.concat(bytes).toString("utf8");
}

const rawLine = /^:(\d+) (\d+) [0-9a-f]+ [0-9a-f]+ ([A-Z])\d*\t(.*)$/;
const countLine = /^(\d+|-)\t(\d+|-)\t/;
const hunkLine = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@ ?(.*)$/;
const changes: Record<string, FileChange["change"]> = { A: "added", D: "removed" };

/**
 * Reads the output of `git diff-tree --raw --numstat --patch` line by line: first the files, then the counts, then the
 * lines.
 */
export class PatchReader {
    readonly files: FileChange[] = [];
    #counted = 0;
    #at = -1;
    #before = 0;
    #after = 0;
    #kept = 0;

    constructor(private readonly limits: PatchLimits) {}

    read(line: string): void {
        if (line.startsWith("diff --git ")) {
            this.#at += 1; // in the same order as the files were named
            this.#kept = 0;
        } else if (this.#at >= 0) this.#readPatch(line);
        else this.#readSummary(line);
    }

    /** To be called when nobody reads on: later parts of the files are missing. */
    cut(): void {
        for (const file of this.files.slice(Math.max(this.#at, 0))) file.isCut = file.added !== undefined;
    }

    #readSummary(line: string): void {
        const raw = rawLine.exec(line);
        if (raw !== null) {
            const [, before = "", after = "", letter = "", path = ""] = raw;
            const change = changes[letter] ?? "changed";
            const modes = change === "changed" && before !== after ? { before, after } : undefined;
            this.files.push({ path: unquotePath(path), change, ...(modes && { modes }), hunks: [], isCut: false });
            return;
        }
        const counts = countLine.exec(line);
        const file = counts === null ? undefined : this.files[this.#counted];
        if (counts === null || file === undefined) return;
        this.#counted += 1;
        if (counts[1] === "-") return;
        Object.assign(file, { added: Number(counts[1]), removed: Number(counts[2]) });
    }

    #readPatch(line: string): void {
        const file = this.files[this.#at];
        if (file === undefined) return;
        const start = hunkLine.exec(line);
        if (start !== null) {
            [this.#before, this.#after] = [Number(start[1]), Number(start[2])];
            if (this.#hasRoom(file)) file.hunks.push({ heading: start[3] ?? "", lines: [] });
        } else if (file.hunks.length > 0) this.#readLine(file, line);
    }

    #readLine(file: FileChange, line: string): void {
        const lines = file.hunks.at(-1)?.lines as PatchLine[];
        const last = lines.at(-1);
        const text = line.length > this.limits.width ? `${line.slice(1, this.limits.width)}…` : line.slice(1);
        if (line.startsWith("\\")) {
            if (last !== undefined && !file.isCut) last.isUnended = true;
            return;
        }
        if (!this.#hasRoom(file)) return;
        this.#kept += 1;
        if (line.startsWith("+")) lines.push({ kind: "added", after: this.#after++, text });
        else if (line.startsWith("-")) lines.push({ kind: "removed", before: this.#before++, text });
        else lines.push({ kind: "same", before: this.#before++, after: this.#after++, text });
    }

    #hasRoom(file: FileChange): boolean {
        if (this.#at < this.limits.files && this.#kept < this.limits.lines) return true;
        file.isCut = true;
        return false;
    }
}
