import { isProblem, type Problem } from "section-model";

/** True when the platform gave no answer: a preview goes on without one. */
export function isSilence(error: unknown): error is Problem {
    return isProblem(error) && (error.code === "unreachable" || error.code === "overloaded");
}
