import type { Problem } from "section-model";
import { model } from "./late-module";

/**
 * A declaration refused while the program runs. The engine shows only its message: a stack trace does not help to
 * correct a list.
 */
export function refusal(detail: string, remedy: string): Problem {
    return Object.defineProperty(new model.Problem("invalid-input", detail, { remedy }), "__pulumiRunError", {
        value: true,
    });
}

/** One refusal for all mistakes, with a line for each. `what` is to be corrected. */
export function listRefusal(lines: readonly string[], where: string, what = "list"): Problem {
    return refusal(
        `${lines.join("\n")}\n${lines.length} ${lines.length === 1 ? "error" : "errors"} in ${where}`,
        `Correct the ${what}; nothing was changed`,
    );
}
