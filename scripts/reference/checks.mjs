// What a preview says about mistakes in a declaration, asked of the code that says it.
import { createRequire } from "node:module";
import path from "node:path";
import { repository } from "../sources.mjs";
import { nounOf } from "./changes.mjs";
import { mistakes } from "./mistakes.mjs";
import { codeOf, tableOf } from "./tables.mjs";

const load = createRequire(path.join(repository, "platform/"));

/** A value as a program writes it. */
function write(value) {
    if (Array.isArray(value)) return `[${value.map(write).join(", ")}]`;
    if (typeof value !== "object" || value === null) return value === undefined ? "undefined" : JSON.stringify(value);
    const entries = Object.entries(value).map(([key, each]) => {
        return `${/^\w+$/.test(key) ? key : JSON.stringify(key)}: ${write(each)}`;
    });
    return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}

const written = (change) => write(change).replace(/^\{ (.*) \}$/s, "$1");

function reasonsOf(kind, declaration) {
    const { parseInputs } = load("../provider/dist/protocol/check.js");
    const noun = nounOf(kind);
    const { known, unknown, issues } = parseInputs(noun, declaration);
    const related = noun.relate?.(known, Object.keys(unknown)) ?? [];
    return [...issues, ...related].map(({ property, reason }) => `${property} ${reason}`);
}

/** Each mistake with what the preview says. A mistake that the code accepts is no mistake, and fails. */
export function tableOfChecks(kind) {
    const { base, wrong } = mistakes[kind];
    const sound = reasonsOf(kind, base);
    if (sound.length > 0) throw new Error(`${kind}: the correct declaration is refused: ${sound.join("; ")}`);
    return tableOf(
        ["you write", "the preview says"],
        wrong.map((change) => {
            const reasons = reasonsOf(kind, { ...base, ...change });
            if (reasons.length === 0) throw new Error(`${kind}: ${written(change)} is accepted`);
            return [codeOf(written(change)), reasons.map(codeOf).join("<br>")];
        }),
    );
}
