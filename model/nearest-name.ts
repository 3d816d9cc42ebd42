/** How many letters have to be put in, taken out or replaced to turn one text into another. */
function distance(one: string, other: string): number {
    let row = Array.from({ length: other.length + 1 }, (_, index) => index);
    for (let i = 1; i <= one.length; i += 1) {
        const next = [i];
        for (let j = 1; j <= other.length; j += 1) {
            const replaced = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
            next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
        }
        row = next;
    }
    return row[other.length] ?? 0;
}

/** The known names that somebody may have meant, the nearest first; capitals do not count. */
export function nearestNames(name: string, known: readonly string[], atMost = 3): string[] {
    const wanted = name.toLowerCase();
    const far = known.map((each) => ({ each, far: distance(wanted, each.toLowerCase()) }));
    return far
        .sort((one, other) => one.far - other.far)
        .slice(0, atMost)
        .map(({ each }) => each);
}

/** Which of the known names somebody probably meant. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
    const [nearest] = known
        .map((each) => ({ each, far: distance(name, each) }))
        .sort((one, other) => one.far - other.far);
    return nearest?.each;
}
