import { ProgressLine, type Step } from "section-display";
import { isRedrawn } from "./terminal";

let current: ProgressLine | undefined;

/**
 * Says on stderr what is going on, once it takes longer than people wait without asking. stdout is left to the result,
 * so it is said with `--json` as well.
 *
 * @example await withProgress("reading sites", (step) => mapAtMost(8, sites, read, step)); // reading sites
 * [######......] 12 of 64, 3 s
 */
export async function withProgress<T>(what: string, work: (step: Step) => Promise<T>): Promise<T> {
    const outer = current;
    const line = new ProgressLine(what, process.stderr, isRedrawn());
    current = line;
    try {
        return await work(line.step);
    } finally {
        line.stop();
        current = outer;
    }
}

/** A line on stderr that stays, whatever goes on. */
export function tellLine(line: string): void {
    if (current === undefined) process.stderr.write(`${line}\n`);
    else current.tell(line);
}

/** Leaves the terminal's line clean. */
export function endProgress(): void {
    current?.stop();
}
