import { Problem } from "section-model";
import { withoutErrorMark } from "../terminal/error-mark";
import type { EngineResult } from "./engine";

const inProgram = "Run it in the folder of the program, and name a stack with --stack or select one";

/** The problem of a failed engine command, in the engine's words. */
export function engineRefusal(what: string, { stderr }: EngineResult, remedy = inProgram): Problem {
    return new Problem("invalid-input", `${what}: ${withoutErrorMark(stderr)}`, { remedy });
}
