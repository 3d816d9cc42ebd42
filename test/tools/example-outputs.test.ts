import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { requireSome } from "../support/require-some";

const programs = ["examples", "templates"].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
        .filter((name) => /\.(ts|yaml)$/.test(name))
        .map((name) => path.join(folder, name)),
);

/** Outputs of a program, in TypeScript or YAML, that come from a `dns`. */
function dnsOutputsOf(file: string): string[] {
    const output = file.endsWith(".ts") ? /^export const [^;]*;/gm : /^ {4}\w+: .*\$\{.*$/gm;
    const outputs = readFileSync(file, "utf8").match(output) ?? [];
    return outputs.filter((each) => /\.dns|\bdns \}/.test(each));
}

describe("what examples and templates export of a dns", () => {
    for (const file of requireSome(programs.filter((each) => dnsOutputsOf(each).length > 0)))
        it(`is lines to set, or the other ways at an apex: ${file}`, () => {
            for (const output of requireSome(dnsOutputsOf(file)))
                assert.doesNotMatch(
                    output,
                    /(\.|=> )dns\b(?!\.line\b|\.alternatives\b|\.apply\(\(dns\) => dns\.line\))/,
                );
        });
});
