import { type ProblemCode, problemCodes, problems } from "section-model";

/** Refusals that ask for consent. */
export const needsConsent: readonly string[] = ["takes-over", "claim-held"];

/** Refusals that may meet a right program, because it needs a second step. All others are faults. */
export const expected: readonly string[] = ["account-not-empty", "unseen-members", ...needsConsent];

/**
 * Refusals that may follow when an operation was cut off: the state does not know a title that was set just before, so
 * that the names under an id differ until a refresh.
 */
export const expectedOnceCut: readonly string[] = [...expected, "another-thing"];

/** Refusals whose remedy is not that of the table, by their words. */
const words: readonly [RegExp, ProblemCode][] = [
    [/still has applications that this stack does not manage/, "account-not-empty"],
    [/does not see organization/, "organization-unseen"],
    [/; \S+ would (change it|take it away)\./, "takes-over"],
    [/ belongs to \S+ \S+; \S+ cannot change it\./, "claim-held"],
    [/the state is of the platform at /, "another-platform"],
];

/** The code of the refusal in the output of an operation. Undefined for a failure that is none of the allowed ones. */
export function findRefusal(output: string, allowed: readonly string[] = problemCodes): ProblemCode | undefined {
    const [, told] = words.find(([pattern]) => pattern.test(output)) ?? [];
    const code = told ?? problemCodes.find((each) => output.includes(problems[each].remedy));
    return code !== undefined && allowed.includes(code) ? code : undefined;
}
