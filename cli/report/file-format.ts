import path from "node:path";

export type ReportFormat = "markdown" | "text" | "html" | "csv" | "json";

const endings: Readonly<Record<string, ReportFormat>> = {
    ".md": "markdown",
    ".txt": "text",
    ".html": "html",
    ".htm": "html",
    ".csv": "csv",
    ".json": "json",
};

/**
 * The format that the name of a file says; undefined if it says none.
 *
 * @example formatOfFile("sheets/acme.html") === "html"
 */
export function formatOfFile(file: string): ReportFormat | undefined {
    return endings[path.extname(file).toLowerCase()];
}

/** The format that a command was asked for: by name, by the ending of the file to write, else the usual one. */
export function chooseFormat(
    { format, json, out }: { format?: ReportFormat; json?: boolean; out?: string },
    usual: ReportFormat,
): ReportFormat {
    if (json) return "json";
    return format ?? (out === undefined ? undefined : formatOfFile(out)) ?? usual;
}
