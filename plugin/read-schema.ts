import { readFile } from "node:fs/promises";
import path from "node:path";

/** The package schema, as JSON. `npm run docs` makes the file. */
export function readSchema(): Promise<string> {
    return readFile(
        path.join(path.dirname(require.resolve("pulumi-resource-section/package.json")), "schema.json"),
        "utf8",
    );
}
