// Checks that the tables of errors, routes and settings agree with their pages and with the errors that the code
// throws.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pages } from "./docs.mjs";
import { listOldPages } from "./shown-files.mjs";
import { listSources, report, repository } from "./sources.mjs";

const { problemCodes } = createRequire(path.join(repository, "platform/"))("section-model");
const text = listSources(["provider", "client", "platform", "model"])
    .filter(({ file }) => file !== "model/problems.ts")
    .map(({ text: source }) => source)
    .join("\n");
const wrong = [];
const waiting = new Set(["idempotency-conflict"]); // of operations that come later
for (const code of problemCodes)
    if (!text.includes(`"${code}"`) && !waiting.has(code))
        wrong.push(`${code} stands in the table and nothing throws it`);
for (const [, code] of text.matchAll(/new Problem\(\s*"([\w-]+)"/g))
    if (!problemCodes.includes(code)) wrong.push(`${code} is thrown and does not stand in the table`);
const page = (name) => readFileSync(path.join(repository, name), "utf8");
for (const [name, make] of Object.entries(pages))
    if (page(name) !== make()) wrong.push(`${name} is old: run \`npm run docs\``);
for (const name of listOldPages()) wrong.push(`${name} shows a file as it was: run \`npm run docs\``);
const { extensions } = createRequire(path.join(repository, "platform/"))("./dist/http/routes.js");
const [, table = ""] = /^## Extensions$(.*?)^## /ms.exec(page("docs/differences.md")) ?? [];
const listed = [...table.matchAll(/^\| `([a-z_.]+)` \|/gm)].map(([, name]) => name);
for (const name of extensions)
    if (name !== "capabilities" && !listed.includes(name))
        wrong.push(`extension ${name} is not in docs/differences.md`);
for (const name of listed)
    if (!extensions.includes(name)) wrong.push(`docs/differences.md lists ${name}, which is no extension`);
report("errors", wrong);
