import type { Problem } from "section-model";
import { model } from "../run/late-module";
import { findProgramLine } from "./program-line";

/** What is wrong with a configuration, and the remedy. */
export function wrong(detail: string, remedy: string): Problem {
    return new model.Problem("invalid-input", detail, { remedy, property: "config" });
}

/**
 * The same error with the program's line, of which the engine shows the message alone: a trace does not help to correct
 * a configuration. Other errors stay as they are.
 */
export function ofProgram(error: unknown): unknown {
    if (!model.isProblem(error)) return error;
    const line = findProgramLine();
    const detail = line === undefined ? error.detail : `${line}: ${error.detail}`;
    return Object.defineProperty(wrong(detail, error.remedy), "__pulumiRunError", { value: true });
}
