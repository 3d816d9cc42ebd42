import { createHash } from "node:crypto";
import { Html, html } from "section-display";
import { pageStyle } from "./page-style";

export interface HtmlPage {
    title: string;
    /** Begins with the page's one h1. */
    body: Html;
    /** Beside the style that every page has. */
    style?: string;
    /** Plain JavaScript. Without it, none can run. */
    script?: string;
}

const sha = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** A value as JSON that may stand in a script element of type `application/json`. */
export function jsonElement(id: string, value: unknown): Html {
    return html`<script type="application/json" id="${id}">${new Html(JSON.stringify(value).replaceAll("<", "\\u003c"))}</script>`;
}

/**
 * One self-contained page: it loads nothing, sends nothing, and runs only the script that it was made with. Light and
 * dark, for print too.
 */
export function htmlPage({ title, body, style = "", script }: HtmlPage): string {
    const styles = pageStyle + style;
    const policy = `default-src 'none'; img-src data:; style-src ${sha(styles)}; ${script === undefined ? "" : `script-src ${sha(script)}; `}base-uri 'none'; form-action 'none'`;
    return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${new Html(styles)}</style>
</head>
<body>
<main>
${body}
</main>
${script !== undefined && html`<script>${new Html(script)}</script>`}
</body>
</html>
`.text;
}
