import { readFileSync } from "node:fs";

/** The combinations that docs/compatibility.md calls tested. */
export function testedVersions(): { node: string; sdk: string }[] {
    const page = readFileSync("docs/compatibility.md", "utf8");
    const rows = [...page.matchAll(/^\| (\d+) \| `?([\w.]+)`? \| tested \|$/gm)];
    return rows.map(([, node = "", sdk = ""]) => ({ node, sdk }));
}
