import { distance } from "fastest-levenshtein";

/** The number of wrong letters that a typing error of a word can have. */
function mostWrong({ length }: string): number {
    if (length < 3) return 0;
    if (length <= 4) return 1;
    return length <= 8 ? 2 : 3;
}

/** The number of wrong letters. Two neighbours that changed places are one mistake. */
function countWrong(written: string, meant: string): number {
    const at = [...written].findIndex((letter, index) => letter !== meant[index]);
    const swapped = `${written.slice(0, at)}${written[at + 1]}${written[at]}${written.slice(at + 2)}`;
    return at !== -1 && swapped === meant ? 1 : distance(written, meant);
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
        .map((each) => ({ each, wrong: countWrong(wanted, each.toLowerCase()) }))
        .filter(({ wrong }) => wrong <= Math.min(mostWrong(name), atMost))
        .sort((one, other) => one.wrong - other.wrong);
    return near[0]?.each;
}

/** As people write one name in several ways: `http_port`, `HTTP-Port` and `httpPort` are alike. */
const spell = (name: string) => name.toLowerCase().replaceAll(/[_-]/g, "");
const shortestBeginning = 3;

/** The same for the names of properties and settings: they may be spelt in another way, or be cut off. */
export function meantName(name: string, known: readonly string[]): string | undefined {
    const wanted = spell(name);
    const spelt = known.map(spell);
    const near = spelt.includes(wanted) ? wanted : nearestName(wanted, spelt);
    const longer = wanted.length < shortestBeginning ? undefined : spelt.find((each) => each.startsWith(wanted));
    return known[spelt.indexOf(near ?? longer ?? "")];
}

/** The reason to refuse a property that is none, with the one that was probably meant. */
export function explainUnknownProperty(name: string, known: readonly string[]): string {
    const meant = meantName(name, known);
    if (meant !== undefined) return `is not a known property; did you mean ${meant}?`;
    return `is not a known property; the known ones are ${known.join(", ")}`;
}

/** The known names that a person may have meant, the nearest first, however far they are. Ignores capitals. */
export function nearestNames(name: string, known: readonly string[], atMost = 3): string[] {
    const wanted = name.toLowerCase();
    const far = known.map((each) => ({ each, far: distance(wanted, each.toLowerCase()) }));
    return far
        .sort((one, other) => one.far - other.far)
        .slice(0, atMost)
        .map(({ each }) => each);
}
