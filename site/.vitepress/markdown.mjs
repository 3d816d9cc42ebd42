// The docs are written for a reader of files. A site needs a little more of them.
import path from "node:path";

/** Wide tables are scrolled by themselves, also with the keyboard. */
function frameTables({ renderer }) {
    renderer.rules.table_open = () => '<div class="table" tabindex="0" role="group" aria-label="Table"><table>\n';
    renderer.rules.table_close = () => "</table></div>\n";
}

/** A head of a table without words is none, and an indented block of code looks like a fenced one. */
function tidyTokens(markdown) {
    markdown.core.ruler.push("tidy-tokens", ({ tokens }) => {
        for (const [index, token] of tokens.entries()) {
            if (token.type === "code_block") Object.assign(token, { type: "fence", tag: "code", info: "text" });
            if (token.type === "th_open" && tokens[index + 1].content === "")
                for (const each of [token, tokens[index + 2]]) each.tag = "td";
        }
    });
}

/** Links to files that are no pages, such as ../deploy/Dockerfile, become their text: the site has pages only. */
function dropOuterLinks(markdown) {
    markdown.core.ruler.before("linkify", "outer-links", ({ tokens, env }) => {
        const leadsOut = (href) => path.posix.join(path.posix.dirname(env.relativePath), href).startsWith("../");
        for (const { children } of tokens.filter(({ type }) => type === "inline")) {
            let isOut = false;
            for (const token of children) {
                if (token.type === "link_open") isOut = leadsOut(token.attrGet("href"));
                // a link does not stand within another one
                if (isOut && token.type.startsWith("link_"))
                    Object.assign(token, { type: "text", tag: "", nesting: 0, content: "", attrs: null });
            }
        }
    });
}

/** `{{name}}` in a page is text: Vue must not fill it in. */
function keepBraces({ renderer }) {
    for (const rule of ["text", "code_inline"]) {
        const write = renderer.rules[rule];
        renderer.rules[rule] = (...context) => write(...context).replaceAll("{{", "&#123;&#123;");
    }
}

export function prepareMarkdown(markdown) {
    keepBraces(markdown);
    frameTables(markdown);
    dropOuterLinks(markdown);
    tidyTokens(markdown);
}
