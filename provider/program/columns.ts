const gap = "  ";

/**
 * Rows as text in columns, for a terminal: each column as wide as its widest cell, no spaces at the ends of lines.
 *
 * @example columnLines([["site", "live"], ["www.acme.example", "yes"]]).join("\n")
 */
export function columnLines(rows: readonly (readonly string[])[]): string[] {
    const count = Math.max(0, ...rows.map((row) => row.length));
    const widths = Array.from({ length: count }, (_, column) =>
        Math.max(...rows.map((row) => row[column]?.length ?? 0)),
    );
    return rows.map((row) =>
        row
            .map((cell, column) => cell.padEnd(widths[column] as number))
            .join(gap)
            .trimEnd(),
    );
}
