/**
 * Text that Markdown shows as it is, on one line: nothing in it is markup, a link, a mention of a person or a reference
 * to an issue.
 *
 * @example escapeMarkdown("a_b <i> @jane") === "a\\_b &lt;i&gt; &#64;jane"
 */
export function escapeMarkdown(text: string): string {
    return text
        .replaceAll(/[\r\n\t ]+/g, " ")
        .replaceAll("&", "&amp;")
        .replaceAll("<", "&lt;")
        .replaceAll(">", "&gt;")
        .replaceAll(/(?<![\w&])#(?=\w)/g, "&#35;")
        .replaceAll("@", "&#64;")
        .replaceAll(/[\\`*_[\]|~$]/g, "\\$&");
}

function longestRun(text: string): number {
    return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}

/** Text as code within a line, whatever it holds. In a table, too. */
export function markdownCode(text: string): string {
    const mark = "`".repeat(longestRun(text) + 1);
    const pad = text.startsWith("`") || text.endsWith("`") ? " " : "";
    return `${mark}${pad}${text.replaceAll(/[\r\n]+/g, " ").replaceAll("|", "\\|")}${pad}${mark}`;
}

/** A block of code, whatever it holds. `language` colours it, such as `diff`. */
export function markdownBlock(text: string, language = ""): string {
    const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
    return `${fence}${language}\n${text.replace(/\n$/, "")}\n${fence}`;
}

/** A row of a table, of cells that are Markdown already. */
export function markdownRow(cells: readonly string[]): string {
    return `| ${cells.join(" | ")} |`;
}

/** The rows that a table begins with. */
export function markdownHead(head: readonly string[]): string {
    return `${markdownRow(head)}\n${markdownRow(head.map(() => "---"))}`;
}
