// Pages show files as they are: the text between `<!-- file: examples/x/index.ts -->` and the end of the block below
// it.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { repository } from "./sources.mjs";

const shown = /<!-- file: (\S+) -->\n\n```(\w+)\n(?:[\s\S]*?\n)??```(?=\n)/g;

function withFiles(text) {
    return text.replaceAll(shown, (_, file, language) => {
        const content = readFileSync(path.join(repository, file), "utf8").trimEnd();
        return `<!-- file: ${file} -->\n\n\`\`\`${language}\n${content}\n\`\`\``;
    });
}

const pagesOf = () =>
    [
        "README.md",
        ...readdirSync(path.join(repository, "docs"), { recursive: true }).map((name) => `docs/${name}`),
    ].filter((name) => name.endsWith(".md") && !name.includes("node_modules"));

/** Pages that show a file as it was. */
export function listOldPages() {
    return pagesOf().filter((page) => {
        const text = readFileSync(path.join(repository, page), "utf8");
        return withFiles(text) !== text;
    });
}

export function showFiles() {
    for (const page of listOldPages()) {
        const place = path.join(repository, page);
        writeFileSync(place, withFiles(readFileSync(place, "utf8")));
    }
}
