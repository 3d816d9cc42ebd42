import { laidOutLength } from "section-model";

/** The layout of somebody's JSON. */
export interface JsonFormat {
    /** The indent of one level; "" is all on one line. */
    indent: string;
    newline: "\n" | "\r\n";
    endsInNewline: boolean;
}

/** As the platform itself writes: four blanks, no newline at the end. */
export const platformFormat: JsonFormat = { indent: "    ", newline: "\n", endsInNewline: false };

/** A line can begin with as many blanks as its author likes, and every line of a document would have them. */
const widestIndent = 16;

/** The layout of a JSON text, as far as writing another document the same way needs it. */
export function formatOf(text: string): JsonFormat {
    const newline = text.includes("\r\n") ? "\r\n" : "\n";
    const content = text.trim();
    const indented = /^([ \t]+)\S/m.exec(content)?.[1];
    const isKept = indented !== undefined && indented.length <= widestIndent;
    const indent = isKept ? indented : content.includes("\n") ? platformFormat.indent : "";
    return { indent, newline, endsInNewline: text.slice(text.trimEnd().length).includes("\n") };
}

/** The number of characters of a document in a layout, found without writing it. */
export function formattedLength(document: unknown, compact: string, { indent }: JsonFormat): number {
    return indent === "" ? compact.length : laidOutLength(document, compact, indent.length);
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
