/** The layout of somebody's JSON. */
export interface JsonFormat {
    /** The indent of one level; "" is all on one line. */
    indent: string;
    newline: "\n" | "\r\n";
    endsInNewline: boolean;
}

/** As the platform itself writes: four blanks, no newline at the end. */
export const platformFormat: JsonFormat = { indent: "    ", newline: "\n", endsInNewline: false };

/** The layout of a JSON text, as far as writing another document the same way needs it. */
export function formatOf(text: string): JsonFormat {
    const newline = text.includes("\r\n") ? "\r\n" : "\n";
    const lines = text.trim().split(/\r?\n/);
    const indented = lines.map((line) => /^([ \t]+)\S/.exec(line)?.[1]).find((blanks) => blanks !== undefined);
    const indent = indented ?? (lines.length > 1 ? platformFormat.indent : "");
    return { indent, newline, endsInNewline: /\n\s*$/.test(text) };
}

/** Writes a document in a layout. */
export function formatJson(document: unknown, { indent, newline, endsInNewline }: JsonFormat): string {
    // JSON.stringify cuts an indent at ten characters; no text of the document begins a line
    const text =
        indent === ""
            ? JSON.stringify(document)
            : JSON.stringify(document, undefined, "\t").replaceAll(/^\t+/gm, (tabs) => indent.repeat(tabs.length));
    return text.replaceAll("\n", newline) + (endsInNewline ? newline : "");
}
