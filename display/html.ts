// Own code, because only a type keeps text and markup apart: html-template-tag returns a text, so that a template
// inside a template is escaped; escape-html-template-tag installs data about browsers (3.4 MB), hono a framework (3.8
// MB).

/** Markup that is safe to send: only `html` makes it. */
export class Html {
    constructor(readonly text: string) {}
}

/** A value in a template. Text is escaped; `undefined`, `null` and `false` are left out; lists are joined. */
export type Content = Html | string | number | undefined | null | false | readonly Content[];

const entities: Record<string, string> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
    "\0": "\ufffd",
};

function render(content: Content): string {
    if (content instanceof Html) return content.text;
    if (content === undefined || content === null || content === false) return "";
    if (typeof content === "object") return content.map(render).join("");
    return String(content).replaceAll(/[&<>"'\0]/g, (character) => entities[character] as string);
}

/**
 * A template of markup. Inserted values are text, in an element or in a quoted attribute; only another template is
 * markup.
 *
 * @example html`<a href="${address}">${name}</a>`
 */
export function html(parts: TemplateStringsArray, ...contents: Content[]): Html {
    return new Html(parts.map((part, index) => part + render(contents[index])).join(""));
}
