import { CsvError, parse } from "csv-parse/sync";

/** One field of a record. */
export interface CsvCell {
    /** Without the blanks around it. */
    text: string;
    line: number;
    /** Counted in characters from 1. */
    column: number;
}

export interface Table {
    rows: CsvCell[][];
    /** A quote that nothing closes. The text after it is in no row. */
    unclosed?: Omit<CsvCell, "text">;
}

const newLine = 0x0a;
/** Both mean an unclosed quote: a large file reaches the largest record size first. */
const unclosedCodes = new Set<string>(["CSV_QUOTE_NOT_CLOSED", "CSV_MAX_RECORD_SIZE"]);

/** Turns the parser's offsets, in bytes, into lines and columns. */
class Lines {
    readonly #data: Buffer;
    readonly #starts = [0];

    constructor(text: string) {
        this.#data = Buffer.from(text);
        for (let at = this.#data.indexOf(newLine); at !== -1; at = this.#data.indexOf(newLine, at + 1))
            this.#starts.push(at + 1);
    }

    place(offset: number): { line: number; column: number } {
        let [low, high] = [0, this.#starts.length - 1];
        while (low < high) {
            const middle = Math.ceil((low + high) / 2);
            if ((this.#starts[middle] as number) <= offset) low = middle;
            else high = middle - 1;
        }
        return { line: low + 1, column: this.#data.toString("utf8", this.#starts[low], offset).length + 1 };
    }
}

/**
 * The separator of a list: the most frequent one in its header. Spreadsheets write semicolons where commas separate
 * decimals.
 */
export function separatorOf(header: string): string {
    const count = (separator: string) => header.split(separator).length;
    return [",", ";", "\t"].reduce((best, each) => (count(each) > count(best) ? each : best));
}

/** The bytes that a field takes in the file. */
function writtenBytes(text: string, isQuoted: boolean): number {
    return Buffer.byteLength(text) + (isQuoted ? 2 + text.split('"').length - 1 : 0);
}

/** @param text with `\n` at the end of lines */
export function readCells(text: string, separator: string): Table {
    const lines = new Lines(text);
    const cells: CsvCell[][] = [];
    let end = 0;
    const note = (
        value: string,
        context: { quoting: boolean; bytes: number; records: number; index: number },
    ): string => {
        const { quoting, bytes, records, index } = context;
        const start = index > 0 ? end + 1 : bytes - writtenBytes(value, quoting);
        end = bytes;
        cells[records] ??= [];
        cells[records].push({ text: value.trim(), ...lines.place(start) });
        return value;
    };
    try {
        parse(text, {
            delimiter: separator,
            record_delimiter: "\n",
            relax_column_count: true,
            relax_quotes: true,
            skip_empty_lines: true,
            cast: note,
        });
    } catch (error) {
        if (!(error instanceof CsvError) || !unclosedCodes.has(error.code)) throw error;
        const opening = text.indexOf('"', Buffer.from(text).toString("utf8", 0, end).length);
        return { rows: cells, unclosed: lines.place(Buffer.byteLength(text.slice(0, opening))) };
    }
    return { rows: cells };
}
