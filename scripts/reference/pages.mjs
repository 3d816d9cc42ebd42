// Puts the tables that are made from the code into the pages that are written by hand.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { repository } from "../sources.mjs";
import { tableOfChecks } from "./checks.mjs";
import { tableOfColumns, tableOfList } from "./client-lists.mjs";
import { makeLinks } from "./links.mjs";
import { tableOfProblems } from "./problems.mjs";
import { tableOfRoles } from "./roles.mjs";
import { tableOfArguments, tableOfOutputs, tableOfOutputType, tableOfType } from "./tables.mjs";

/** `<!-- made by npm run docs: MAKER WORD... -->` begins a table, and the next mark ends it. */
const place = /(<!-- made by npm run docs: ([a-z]+)((?: [\w-]+)*) -->\n)[\s\S]*?(?=\n<!-- end -->)/g;

const makers = {
    arguments: (link, [type, kind]) => tableOfArguments(link, type, kind),
    type: (link, [name]) => tableOfType(link, name),
    result: (link, [name]) => tableOfOutputType(link, name),
    outputs: (link, [name, argumentsType]) => tableOfOutputs(link, name, argumentsType),
    checks: (_, [kind]) => tableOfChecks(kind),
    errors: (_, codes) => tableOfProblems(codes),
    list: (_, [part]) => tableOfList(part),
    columns: () => tableOfColumns(),
    roles: () => tableOfRoles(),
};

const folder = "docs/reference";
const others = ["docs/roles.md"];

function withTables(text, link) {
    return text.replaceAll(place, (_, mark, maker, words) => {
        const make = makers[maker];
        if (make === undefined) throw new Error(`there is no table ${maker}; there are ${Object.keys(makers)}`);
        return `${mark}\n${make(link, words.trim().split(" "))}\n`;
    });
}

function readPages() {
    const names = readdirSync(path.join(repository, folder)).filter((name) => name.endsWith(".md"));
    return names.map((name) => [name, readFileSync(path.join(repository, folder, name), "utf8")]);
}

/** Page -> the function that makes its text anew. */
export function listReferencePages() {
    const texts = readPages();
    const links = makeLinks(texts);
    const entries = texts.map(([name, text]) => [`${folder}/${name}`, () => withTables(text, links(name))]);
    for (const page of others)
        entries.push([page, () => withTables(readFileSync(path.join(repository, page), "utf8"), links(page))]);
    return Object.fromEntries(entries);
}
