import { type Html, html } from "section-display";
import type { Difference, FileChange, Hunk, PatchLine } from "../git/views/difference";
import { count } from "./shown-values";

const openedFiles = 20;
const openedLines = 200;
const words = { added: "New", removed: "Removed", changed: "Changed" };

// characters that show nothing or turn the text around could hide the effect of a change from its reviewer
const invisible =
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** Code as it is, with characters that nobody would see written out. */
export function visible(text: string): (string | Html)[] {
    const parts: (string | Html)[] = [];
    let at = 0;
    for (const { 0: character, index } of text.matchAll(invisible)) {
        const code = character.charCodeAt(0);
        const shown = character === "\r" ? "CR" : `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
        parts.push(text.slice(at, index), html`<span class="invisible">${shown}</span>`);
        at = index + character.length;
    }
    return [...parts, text.slice(at)];
}

function lineRow({ kind, before, after, text, isUnended }: PatchLine): Html {
    const shown = visible(text);
    const code =
        kind === "added"
            ? html`<ins>${shown}</ins>`
            : kind === "removed"
              ? html`<del>${shown}</del>`
              : html`<span>${shown}</span>`;
    const sign = kind === "added" ? "+" : kind === "removed" ? "−" : "";
    const end = isUnended && html`<span class="quiet"> (no line break at the end)</span>`;
    return html`<tr class="${kind}"><td class="line">${before}</td><td class="line">${after}</td><td class="sign">${sign}</td><td class="code">${code}${end}</td></tr>`;
}

function hunkRows({ heading, lines }: Hunk): Html {
    const first = lines[0];
    const place = first === undefined ? "" : `Line ${first.after ?? first.before}`;
    return html`<tbody>
<tr class="hunk"><th scope="rowgroup" colspan="4">${place}${heading !== "" && html` <span class="quiet">${visible(heading)}</span>`}</th></tr>
${lines.map(lineRow)}
</tbody>`;
}

function fileSection(file: FileChange, index: number): Html {
    const { path, change, added, removed, hunks, isCut, modes } = file;
    const shown = hunks.reduce((sum, { lines }) => sum + lines.length, 0);
    const isOpen = index < openedFiles && shown <= openedLines;
    const figures =
        added === undefined
            ? html`<span class="quiet">binary, or larger than 1 MB</span>`
            : html`<span class="plus">+${added}</span> <span class="minus">−${removed}</span>`;
    return html`<details class="file" id="file-${index + 1}"${isOpen && html` open`}>
<summary><span class="path">${visible(path)}</span> <span class="quiet">${words[change]}</span> · ${figures}</summary>
${modes && html`<p class="quiet">Mode ${modes.before}, then ${modes.after}</p>`}
${
    hunks.length > 0 &&
    html`<div class="scroll" tabindex="0" role="region" aria-label="Lines of ${path}">
<table class="patch">
<caption class="unseen">Lines of ${path} before and after</caption>
<thead class="unseen"><tr><th scope="col">Line before</th><th scope="col">Line after</th><th scope="col">Sign</th><th scope="col">Text</th></tr></thead>
${hunks.map(hunkRows)}
</table></div>`
}
${added === undefined && html`<p class="quiet">Its lines are not compared.</p>`}
${isCut && html`<p class="notice">Not all of this file is shown. Clone the repository to see the rest.</p>`}
</details>`;
}

/** The difference between two trees, file by file. */
export function differenceSection({ files, isCut }: Difference): Html {
    const total = (key: "added" | "removed") => files.reduce((sum, file) => sum + (file[key] ?? 0), 0);
    const cut =
        isCut &&
        html`<p class="notice">The difference is too large to show as a whole. Clone the repository to see the rest.</p>`;
    if (files.length === 0) return html`${cut || html`<p class="empty">No file differs.</p>`}`;
    return html`<p>${count(files.length, "file")}, <span class="plus">${count(total("added"), "line")} added</span>, <span class="minus">${count(total("removed"), "line")} removed</span></p>
${cut}
${files.map(fileSection)}`;
}
