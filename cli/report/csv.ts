import { stringify } from "csv-stringify/sync";

/** The value of a cell; `undefined` leaves it empty. */
export type Cell = string | number | boolean | undefined;

/**
 * A list as CSV (RFC 4180, UTF-8, a head line), such as spreadsheets open: a text that a spreadsheet would run as a
 * formula is made text.
 *
 * @example csvText(["site", "live"], [["www.acme.example", true]]) === "site,live\r\nwww.acme.example,yes\r\n"
 */
export function csvText(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
    return stringify([head, ...rows] as Cell[][], {
        record_delimiter: "windows",
        escape_formulas: true,
        cast: { boolean: (value) => (value ? "yes" : "no") },
    });
}
