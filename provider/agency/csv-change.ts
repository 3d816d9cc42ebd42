import { normaliseEmail } from "section-model";
import { refusal } from "../run/refusal";
import type { CsvClientFile, CsvRow, NamedColumn } from "./clients-from-csv";
import type { CsvCell } from "./csv-cells";
import { columnNameOf } from "./csv-columns";
import { editText, type ListChange, type TextEdit } from "./list-change";

/** What separates the items of a list in one cell. */
const betweenItems = /([\s,;]+)/;

type Table = Pick<CsvClientFile, "separator" | "columns" | "rows">;

interface FoundColumn extends NamedColumn {
    index: number;
}

/** A cell of a text, as its writer wrote it. */
class WrittenCell {
    readonly isQuoted: boolean;
    readonly end: number;

    constructor(
        readonly text: string,
        readonly start: number,
        readonly separator: string,
    ) {
        this.isQuoted = text[start] === '"';
        this.end = this.isQuoted ? this.#afterQuotes() : this.#beforeSeparator();
    }

    #afterQuotes(): number {
        for (let at = this.text.indexOf('"', this.start + 1); at !== -1; at = this.text.indexOf('"', at + 2))
            if (this.text[at + 1] !== '"') return at + 1;
        return this.text.length;
    }

    #beforeSeparator(): number {
        const ends = [this.separator, "\r", "\n"].map((each) => this.text.indexOf(each, this.start));
        return Math.min(this.text.length, ...ends.filter((end) => end !== -1));
    }

    /** What stands in the cell. */
    get content(): string {
        const written = this.text.slice(this.start, this.end);
        return this.isQuoted ? written.slice(1, -1).replaceAll('""', '"') : written;
    }

    edit(content: string): TextEdit {
        return { start: this.start, end: this.end, text: quoteCell(content, this.separator, this.isQuoted) };
    }
}

function quoteCell(content: string, separator: string, isQuoted: boolean): string {
    const needsQuotes = isQuoted || content.includes(separator) || /["\r\n]/.test(content);
    return needsQuotes ? `"${content.replaceAll('"', '""')}"` : content;
}

function offsetOf(text: string, { line, column }: Pick<CsvCell, "line" | "column">): number {
    const starts = [0, ...[...text.matchAll(/\r\n?|\n/g)].map(({ 0: end, index }) => index + end.length)];
    return (starts[line - 1] ?? text.length) + column - 1;
}

/** The edit that gives a cell another content. A row may be shorter than its header. */
function editCell(
    text: string,
    separator: string,
    { cells }: CsvRow,
    index: number,
    write: (before: string) => string,
): TextEdit {
    const cell = cells[index];
    if (cell !== undefined) {
        const written = new WrittenCell(text, offsetOf(text, cell), separator);
        return written.edit(write(written.content));
    }
    const { end } = new WrittenCell(text, offsetOf(text, cells.at(-1) as CsvCell), separator);
    const missing = separator.repeat(index + 1 - cells.length);
    return { start: end, end, text: missing + quoteCell(write(""), separator, false) };
}

function findColumn({ columns }: Table, of: "client" | "site", path: readonly PropertyKey[]): FoundColumn {
    const index = columns.findIndex(
        (each) => each?.column.of === of && each.column.path.join("/") === path.map(String).join("/"),
    );
    const found = columns[index];
    if (found !== undefined) return { ...found, index };
    const name = columnNameOf(of, path);
    if (name === undefined)
        throw refusal(`no column holds ${path.map(String).join(".")}`, "Declare the site in the program instead");
    throw refusal(`the header has no column ${name}`, `Add the column ${name} to the header, empty in all rows`);
}

/** The items of a cell with other ones. What separates them stays, as far as there are as many. */
function writeItems(before: string, change: (items: readonly string[]) => readonly string[]): string {
    const [first = "", ...rest] = before.split(betweenItems);
    const pairs = [first, ...rest.filter((_, index) => index % 2 === 1)];
    const gaps = rest.filter((_, index) => index % 2 === 0);
    const items = change(pairs.filter((item) => item !== ""));
    const gap = (index: number) => gaps[index] ?? gaps.at(-1) ?? " ";
    return items.map((item, index) => (index === 0 ? item : gap(index - 1) + item)).join("");
}

function sayFlag(value: unknown, before: string): string {
    const [yes, no] = /^(yes|no)$/i.test(before.trim()) ? ["yes", "no"] : ["true", "false"];
    const word = value === true ? yes : no;
    return /^[A-Z]+$/.test(before.trim()) ? word.toUpperCase() : word;
}

function sayItem(value: unknown): string {
    if (typeof value !== "object" || value === null) return String(value);
    const { name, image } = value as { name: string; image: string };
    return `${name}=${image}`;
}

/** The content of a cell with another value. */
function writeValue({ kind }: FoundColumn["column"], value: unknown, before: string): string {
    if (value === undefined) return "";
    if (kind === "flag") return sayFlag(value, before);
    if (kind !== "list" && kind !== "proxies") return String(value);
    return writeItems(before, () => (value as unknown[]).map(sayItem));
}

function sayPerson(email: string, person: unknown): string {
    if (typeof person === "string") return `${email}=${person}`;
    const { role, until } = person as { role: string; until?: string };
    return [`${email}=${role}`, until].filter(Boolean).join(":");
}

/** A person stands in any row of their client, or in several. */
function editPerson(text: string, table: Table, client: number, email: string, person: unknown): TextEdit[] {
    const { index } = findColumn(table, "client", ["people"]);
    const rows = table.rows.filter((row) => row.client === client);
    const isOf = (item: string) => normaliseEmail(item.slice(0, item.lastIndexOf("="))) === normaliseEmail(email);
    const having = rows.filter(({ cells }) => cells[index]?.text.split(betweenItems).some(isOf));
    const write = (items: readonly string[]) =>
        items.flatMap((item) => {
            if (!isOf(item)) return [item];
            return person === undefined ? [] : [sayPerson(item.slice(0, item.lastIndexOf("=")), person)];
        });
    if (having.length > 0)
        return having.map((row) => editCell(text, table.separator, row, index, (before) => writeItems(before, write)));
    const row = rows.find(({ cells }) => (cells[index]?.text ?? "") !== "") ?? (rows[0] as CsvRow);
    const add = (before: string) => writeItems(before, (items) => [...items, sayPerson(email, person)]);
    return [editCell(text, table.separator, row, index, add)];
}

/**
 * The text of a CSV list with another value, and everything else as it is.
 *
 * @throws Problem `invalid-input` where no column can hold the value
 */
export function changeCsv(text: string, table: Table, { path, value }: ListChange): string {
    const [, client, of, ...rest] = path as [string, number, string, ...PropertyKey[]];
    if (of === "people") return editText(text, editPerson(text, table, client, String(rest[0]), value));
    const isOfSite = of === "sites";
    const column = isOfSite ? findColumn(table, "site", rest.slice(1)) : findColumn(table, "client", [of, ...rest]);
    const rows = table.rows.filter((row) => row.client === client && (!isOfSite || row.site === rest[0]));
    const write = (before: string) => writeValue(column.column, value, before);
    return editText(
        text,
        rows.map((row) => editCell(text, table.separator, row, column.index, write)),
    );
}
