import { type ProblemCode, problemCodes, problems } from "section-model";

/** Refusals that may meet a right program, because it needs a second step. All others are faults. */
const allowed: readonly ProblemCode[] = ["account-not-empty", "unseen-members"];

/** Refusals whose remedy is not that of the table, by their words. */
const words: readonly [RegExp, ProblemCode][] = [
    [/still has applications that this stack does not manage/, "account-not-empty"],
    [/does not see organization/, "organization-unseen"],
];

/**
 * The code of the refusal in the output of an operation. Undefined for a failure that is no allowed refusal.
 *
 * @param isAny every refusal is right
 */
export function findRefusal(output: string, isAny: boolean): ProblemCode | undefined {
    const [, told] = words.find(([pattern]) => pattern.test(output)) ?? [];
    const code = told ?? problemCodes.find((each) => output.includes(problems[each].remedy));
    return code !== undefined && (isAny || allowed.includes(code)) ? code : undefined;
}
