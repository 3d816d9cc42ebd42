// Own code, because no library waits before it draws, and writes lines where it cannot draw: cli-progress draws at once
// and had its last release in 2023, ora has no bar, log-update and listr2 need Node 22.

/** Reports the progress: the number done and, if known, the total. */
export type Step = (done: number, total?: number) => void;

/** A place to show progress, such as `process.stderr`. */
export interface Screen {
    readonly isTTY?: boolean;
    readonly columns?: number;
    write(text: string): unknown;
}

const quietMs = 2_000;
const redrawMs = 100;
const sayMs = 5_000;
const barWidth = 24;
const eraseLine = "\r\u001b[K";

/** True where a line can be drawn again: a terminal that can move its cursor, with a person before it. */
export function canRedraw({ isTTY }: Screen, { TERM, CI }: Readonly<Record<string, string | undefined>>): boolean {
    return isTTY === true && TERM !== "dumb" && (CI === undefined || CI === "" || CI === "false");
}

function barOf(done: number, total: number): string {
    const filled = Math.floor((barWidth * Math.min(done, total)) / total);
    return `[${"#".repeat(filled)}${".".repeat(barWidth - filled)}]`;
}

/**
 * Shows the progress of work that takes longer than two seconds: one line that is drawn again and erased at the end,
 * or, where `isDrawn` is false, a new line every five seconds.
 *
 * @example const line = new ProgressLine("reading sites", process.stderr, true); line.step(12, 64); // reading sites
 * [####....................] 12 of 64, 3 s line.stop();
 */
export class ProgressLine {
    readonly #begunMs = performance.now();
    #timer: NodeJS.Timeout;
    #counted = "";
    #bar = "";
    #isShown = false;

    constructor(
        private readonly what: string,
        private readonly screen: Screen,
        private readonly isDrawn: boolean,
    ) {
        const show = () => {
            this.#show();
            this.#timer = setTimeout(show, isDrawn ? redrawMs : sayMs);
        };
        this.#timer = setTimeout(show, quietMs);
    }

    readonly step: Step = (done, total) => {
        this.note(
            total === undefined
                ? done.toLocaleString("en")
                : `${done.toLocaleString("en")} of ${total.toLocaleString("en")}`,
            done,
            total,
        );
    };

    /** Reports progress in words instead of a number of things, such as `12.5 MB`, with the share done if known. */
    note(words: string, done = 0, total = 0): void {
        this.#counted = words;
        this.#bar = total === 0 || !this.isDrawn ? "" : ` ${barOf(done, total)}`;
    }

    /** Shows a line that stays. */
    tell(line: string): void {
        this.#erase();
        this.screen.write(`${line}\n`);
    }

    stop(): void {
        clearTimeout(this.#timer);
        this.#erase();
    }

    #erase(): void {
        if (this.#isShown) this.screen.write(eraseLine);
        this.#isShown = false;
    }

    #show(): void {
        const seconds = `${((performance.now() - this.#begunMs) / 1000).toFixed(0)} s`;
        const counted = this.#counted === "" ? "" : ` ${this.#counted},`;
        if (!this.isDrawn) {
            this.screen.write(`${this.what}:${counted} ${seconds}\n`);
            return;
        }
        const line = `${this.what}${this.#bar}${counted} ${seconds}`;
        this.screen.write(`${eraseLine}${line.slice(0, (this.screen.columns ?? 80) - 1)}`);
        this.#isShown = true;
    }
}
