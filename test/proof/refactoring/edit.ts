import type { Choices } from "../../support/choices";
import type { Declared, Program } from "./declaration";
import type { FreshNames } from "./fresh-names";

export interface Edited {
    program: Program;
    /** The change, for a person who reads about a failure. */
    words: string;
    /** A thing of the new program that somebody makes by hand before the program is applied. */
    madeByHand?: Declared;
}

/** A change that a person makes to a program. Undefined when nothing in the program can be changed so. */
export type Edit = (program: Program, choices: Choices, fresh: FreshNames) => Edited | undefined;

/** Undefined when there is nothing to choose from. */
export const pickOne = <T>(list: readonly T[], choices: Choices): T | undefined =>
    list.length === 0 ? undefined : choices.pick(...list);
