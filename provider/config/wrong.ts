import { Problem } from "section-model";

/** What is wrong with a configuration, and the remedy. */
export function wrong(detail: string, remedy: string): Problem {
    return new Problem("invalid-input", detail, { remedy, property: "config" });
}
