// The contents of the site: the index of the docs, read from its page.
import { readFileSync } from "node:fs";

const index = new URL("../../docs/README.md", import.meta.url);

/** A group for each heading, with the pages that its table leads to, each once. */
export function readSidebar() {
    const [, ...parts] = readFileSync(index, "utf8").split(/^## /m);
    const seen = new Set();
    return parts.flatMap((part) => {
        const [heading] = part.split("\n", 1);
        const items = [...part.matchAll(/\[([^\]]+)\]\(([\w/-]+)\.md\)/g)]
            .filter(([, , page]) => !seen.has(page))
            .map(([, text, page]) => {
                seen.add(page);
                return { text: text[0].toUpperCase() + text.slice(1), link: `/${page}` };
            });
        return items.length === 0 ? [] : [{ text: heading, items }];
    });
}
