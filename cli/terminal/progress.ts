import { ProgressLine, type Step } from "section-display";
import { isRedrawn } from "./terminal";

let current: ProgressLine | undefined;

/**
 * Shows progress on stderr for work that takes long. stdout has only the result, so progress is shown with `--json` as
 * well.
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
