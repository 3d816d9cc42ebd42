import { type Html, html } from "section-display";

/** The head of a table, a column for each name. */
export function tableHead(columns: readonly string[]): Html {
    return html`<thead><tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>`;
}
