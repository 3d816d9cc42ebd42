// Errors of one resource, with the words of the one table of errors.
import { createRequire } from "node:module";
import path from "node:path";
import { repository } from "../sources.mjs";
import { codeOf, tableOf } from "./tables.mjs";

const load = createRequire(path.join(repository, "platform/"));

export function tableOfProblems(codes) {
    const { problems } = load("section-model");
    return tableOf(
        ["error", "what", "remedy"],
        codes.map((code) => {
            if (!(code in problems)) throw new Error(`${code} is no code of model/problems.ts`);
            const { title, remedy } = problems[code];
            return [codeOf(code), title, remedy];
        }),
    );
}
