import { distance } from "fastest-levenshtein";

/** The known names that a person may have meant, the nearest first. Ignores capitals. */
export function nearestNames(name: string, known: readonly string[], atMost = 3): string[] {
    const wanted = name.toLowerCase();
    const far = known.map((each) => ({ each, far: distance(wanted, each.toLowerCase()) }));
    return far
        .sort((one, other) => one.far - other.far)
        .slice(0, atMost)
        .map(({ each }) => each);
}
