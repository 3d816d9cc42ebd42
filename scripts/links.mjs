// Checks that links of pages lead to a file and to a heading in it, that no page has a heading twice, and that the
// index of the docs names every page.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { slugOf } from "./slug.mjs";
import { report, repository } from "./sources.mjs";

const inDocs = readdirSync(path.join(repository, "docs"), { recursive: true })
    .map((name) => `docs/${name}`)
    .filter((name) => name.endsWith(".md"));
const packages = ["model", "display", "client", "provider", "cli", "platform", "policy", "plugin", "bench"];
const pages = ["README.md", "CONTRIBUTING.md", ...packages.map((name) => `${name}/README.md`), ...inDocs].filter(
    (page) => existsSync(path.join(repository, page)),
);
const read = (page) => readFileSync(path.join(repository, page), "utf8");

const withoutBlocks = (text) => text.replaceAll(/^( *)(`{3,}).*\n[\s\S]*?^\1\2$/gm, "");
/** A page without what only looks like a link or a heading. */
const withoutCode = (text) => withoutBlocks(text).replaceAll(/`[^`\n]*`/g, "");
/** The words of a heading, with those in code marks and of links. */
const wordsOf = (heading) => heading.replaceAll("`", "").replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1");

const anchors = new Map();
function anchorsOf(page) {
    const known = anchors.get(page);
    if (known !== undefined) return known;
    const found = [...withoutBlocks(read(page)).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading]) =>
        slugOf(wordsOf(heading)),
    );
    anchors.set(page, found);
    return found;
}

function judge(page, target) {
    const [file, anchor] = target.split("#");
    const at = file === "" ? page : path.join(path.dirname(page), file);
    if (!existsSync(path.join(repository, at))) return `${page} leads to ${target}, which is not there`;
    if (anchor === undefined || !at.endsWith(".md") || anchorsOf(at).includes(anchor)) return undefined;
    return `${page} leads to ${target}, and ${at} has no such heading`;
}

const wrong = pages.flatMap((page) =>
    [...withoutCode(read(page)).matchAll(/\]\(([^)\s]+)\)/g)]
        .map(([, target]) => target)
        .filter((target) => !/^[a-z]+:/.test(target))
        .flatMap((target) => judge(page, target) ?? []),
);
for (const page of inDocs) {
    const twice = anchorsOf(page).filter((anchor, index, all) => all.indexOf(anchor) < index);
    for (const anchor of twice) wrong.push(`${page} has the heading #${anchor} twice, so links find only the first`);
}
const index = withoutCode(read("docs/README.md"));
for (const page of inDocs)
    if (page !== "docs/README.md" && !index.includes(`](${page.replace("docs/", "")})`))
        wrong.push(`docs/README.md does not name ${page}`);
report("links", wrong);
