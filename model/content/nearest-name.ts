import { distance } from "fastest-levenshtein";

/** The number of wrong letters that a typing error of a word can have. */
function mostWrong({ length }: string): number {
    if (length < 3) return 0;
    if (length <= 4) return 1;
    return length <= 8 ? 2 : 3;
}

/**
 * The known name that a person has probably meant. Undefined when none is near, or when the name is known.
 *
 * @param atMost the largest number of wrong letters, however long the name is
 */
export function nearestName(name: string, known: readonly string[], atMost = 3): string | undefined {
    if (known.includes(name)) return undefined;
    const wanted = name.toLowerCase();
    const near = known
        .map((each) => ({ each, wrong: distance(wanted, each.toLowerCase()) }))
        .filter(({ wrong }) => wrong <= Math.min(mostWrong(name), atMost))
        .sort((one, other) => one.wrong - other.wrong);
    return near[0]?.each;
}
