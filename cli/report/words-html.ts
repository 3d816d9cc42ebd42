import { printable } from "pulumi-section/internal";
import { type Html, html } from "section-display";
import type { Word, Words } from "./document";

/** Text that is broken after a dot, if it does not fit: a hostname is then read label by label. */
function breakable(text: string): Html[] {
    return printable(text)
        .split(/(?<=\.)(?=[^.])/)
        .map((part, index) => (index === 0 ? html`${part}` : html`<wbr>${part}`));
}

function wordHtml(word: Word): Html {
    if (typeof word === "string") return html`${printable(word)}`;
    if ("code" in word) return html`<code>${printable(word.code)}</code>`;
    if ("copy" in word) return html`<code class="copy">${breakable(word.copy)}</code>`;
    if ("badge" in word) return html`<span class="${word.mood}">${printable(word.badge)}</span>`;
    return html`<strong>${printable(word.strong)}</strong>`;
}

/** Words as markup. */
export function wordsHtml(words: Words): Html {
    return html`${words.map(wordHtml)}`;
}
