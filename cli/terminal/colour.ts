import { styleText } from "node:util";

/** The colour of each meaning. Used only on a terminal, and as NO_COLOR, FORCE_COLOR and TERM say. */
const styles = {
    good: "green",
    bad: "red",
    added: "green",
    removed: "red",
    place: "cyan",
    name: "bold",
    aside: "dim",
} as const;

export type Meaning = keyof typeof styles;

/**
 * Colours a text for stdout, or for another stream.
 *
 * @example
 * process.stdout.write(colour("bad", "3 of 5 resources drifted"));
 */
export function colour(meaning: Meaning, text: string, stream: NodeJS.WritableStream = process.stdout): string {
    return styleText(styles[meaning], text, { stream });
}

/**
 * A report in colour, by how its lines begin or end. Colour comes last, when the text has no escapes of its own any
 * more.
 */
export function colourLines(text: string, meanings: readonly [RegExp, Meaning][]): string {
    const colourLine = (line: string) => {
        const meaning = meanings.find(([pattern]) => pattern.test(line))?.[1];
        return meaning === undefined ? line : colour(meaning, line);
    };
    return text.split("\n").map(colourLine).join("\n");
}
