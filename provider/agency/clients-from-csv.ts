import { formatPropertyPath } from "section-model";
import type { ClientDeclaration } from "./client-declaration";
import {
    type ClientFile,
    type FileFinding,
    type FilePlace,
    readClientText,
    refuse,
    requireClients,
    withoutPlace,
} from "./client-file";
import { type CsvCell, readCells, separatorOf } from "./csv-cells";
import { CsvClients } from "./csv-clients";
import { type Column, columnNamed, columnNames } from "./csv-columns";

/** A column of a list under its name in the header. */
export interface NamedColumn {
    column: Column;
    header: string;
}

/** A row, and the places in the list of the client and site that it declares. */
export interface CsvRow {
    cells: readonly CsvCell[];
    client: number;
    site?: number;
}

/** A list as its rows and columns. */
export interface CsvClientFile extends ClientFile {
    separator: string;
    /** By their index in a row. */
    columns: readonly (NamedColumn | undefined)[];
    rows: readonly CsvRow[];
}

function placed({ line, column }: Omit<CsvCell, "text">, property: string, reason: string): FileFinding {
    return { line, column, property, reason };
}

const someColumns = () => `the columns are ${columnNames().slice(0, 8).join(", ")} and more`;
const sayColumn = (meant: string | undefined) => (meant === undefined ? `${someColumns()}.` : `did you mean ${meant}?`);

/** The columns by their index, and the mistakes in the header. */
function readHeader(cells: readonly CsvCell[]): { columns: (NamedColumn | undefined)[]; findings: FileFinding[] } {
    const findings: FileFinding[] = [];
    const seen = new Set<string>();
    const columns = cells.map((cell): NamedColumn | undefined => {
        const { text: header } = cell;
        if (header === "") return undefined;
        const column = columnNamed(header);
        if ("nearest" in column) {
            findings.push(
                placed(
                    cell,
                    header,
                    `is not a column; ${sayColumn(column.nearest)} Values for configuration files are called variables.NAME`,
                ),
            );
            return undefined;
        }
        const name = JSON.stringify([column.of, column.path]);
        if (seen.has(name))
            findings.push(placed(cell, header, "stands twice in the header; remove one of the columns"));
        seen.add(name);
        return { column, header };
    });
    const has = (name: string) => columns.some((each) => each?.header.toLowerCase() === name);
    const start = cells[0] ?? { line: 1, column: 1 };
    for (const name of ["client", "hostname"])
        if (!has(name)) findings.push(placed(start, name, `is missing in the header; ${someColumns()}`));
    return { columns, findings };
}

/** Cells beyond the header; spreadsheets leave empty ones. */
function findSurplus(row: readonly CsvCell[], columns: readonly (NamedColumn | undefined)[]): FileFinding[] {
    return row.flatMap((cell, index) => {
        if (cell.text === "" || columns[index] !== undefined) return [];
        return [
            placed(
                cell,
                "",
                `"${cell.text.slice(0, 40)}" stands in a column without a name; name it, or put the cell before it in quotes`,
            ),
        ];
    });
}

/** @param written without a byte order mark */
export function parseClientsCsv(file: string, written: string): CsvClientFile {
    const text = written.replaceAll(/\r\n?/g, "\n");
    const declared = /^sep=(.)\n/i.exec(text)?.[1];
    const header =
        text.split("\n").find((line, index) => line.trim() !== "" && !(declared !== undefined && index === 0)) ?? "";
    const separator = declared ?? separatorOf(header);
    const { rows, unclosed } = readCells(text, separator);
    const [top, ...body] = declared === undefined ? rows : rows.slice(1);
    const { columns, findings } = readHeader(top ?? []);
    if (unclosed !== undefined)
        findings.push(
            placed(unclosed, "", "a quote begins here and nothing closes it; close it, or double quotes inside a cell"),
        );
    // when the header is wrong, the rows cannot be judged
    if (findings.length > 0) refuse(file, findings);

    const clients = new CsvClients();
    const rowsOfList: CsvRow[] = [];
    for (const row of body) {
        if (row.every((cell) => cell.text === "")) continue;
        findings.push(...findSurplus(row, columns));
        const entries = row.flatMap((cell, index) =>
            columns[index] === undefined || cell.text === "" ? [] : [{ ...columns[index], cell }],
        );
        rowsOfList.push({ cells: row, ...clients.addRow(entries, row[0] as CsvCell) });
    }
    const placeOf = ({ path }: { path: PropertyKey[] }): FilePlace => {
        const { line, column, header: name, rest } = clients.find(path);
        if (name !== undefined)
            return { line, column, property: name + formatPropertyPath(["_", ...rest]).slice(1), header: name };
        const property = formatPropertyPath(withoutPlace(path));
        return { line, column, property: property === "name" ? "client" : property };
    };
    return {
        list: { clients: clients.list },
        placeOf,
        findings: [...findings, ...clients.findings],
        separator,
        columns,
        rows: rowsOfList,
    };
}

/** `clientsFromCsv` itself, which client-lists.ts documents. */
export function readClientsCsv(file: string): ClientDeclaration[] {
    return requireClients(file, parseClientsCsv(file, readClientText(file)));
}
