import type { Problem } from "section-model";
import { model } from "../run/late-module";

/** What is wrong with a configuration, and the remedy. */
export function wrong(detail: string, remedy: string): Problem {
    return new model.Problem("invalid-input", detail, { remedy, property: "config" });
}
