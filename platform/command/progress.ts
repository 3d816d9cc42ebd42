import { type Readable, Transform, type Writable } from "node:stream";
import { finished } from "node:stream/promises";
import { ProgressLine, type Step } from "section-display";
import { isRedrawn } from "./terminal";

function inBytes(bytes: number): string {
    return bytes < 1_000_000 ? `${(bytes / 1_000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/**
 * A line of progress on stderr, and a function that removes it. Ctrl-C leaves a clean line, then ends the command as it
 * ends others.
 */
function openLine(what: string): { line: ProgressLine; close(): void } {
    const line = new ProgressLine(what, process.stderr, isRedrawn());
    const interrupt = () => {
        line.stop();
        setImmediate(() => {
            process.removeAllListeners("SIGINT"); // others that listen have cleaned up by now
            process.kill(process.pid, "SIGINT");
        });
    };
    process.once("SIGINT", interrupt);
    return {
        line,
        close: () => {
            process.removeListener("SIGINT", interrupt);
            line.stop();
        },
    };
}

/** Shows progress on stderr once the work takes longer than two seconds. */
export async function withProgress<T>(what: string, work: (step: Step) => Promise<T>): Promise<T> {
    const { line, close } = openLine(what);
    try {
        return await work(line.step);
    } finally {
        close();
    }
}

/** Shows on stderr how far a copy has come, when it takes longer than two seconds, and how fast it was. */
export class Progress {
    readonly #begunMs = performance.now();
    readonly #line;
    readonly #counter = new Transform({
        transform: (chunk: Buffer, _encoding, done) => {
            this.bytes += chunk.length;
            this.#line.line.note(inBytes(this.bytes), this.bytes, this.#total);
            done(null, chunk);
        },
    });
    bytes = 0;
    readonly #total;

    /** @param total number of bytes to copy, if known */
    constructor(what: string, total?: number) {
        this.#total = total;
        this.#line = openLine(what);
        this.#counter.on("error", () => {}); // the writer or reader gets the error
    }

    /** Counts the bytes written into it on their way into `sink`, which stays open. */
    countInto(sink: Writable): Writable {
        sink.once("error", (error) => this.#counter.destroy(error));
        this.#counter.pipe(sink, { end: false });
        return this.#counter;
    }

    /** The bytes of `source`, counted. */
    countFrom(source: Readable): Readable {
        source.once("error", (error) => this.#counter.destroy(error));
        return source.pipe(this.#counter);
    }

    /** Waits until all that was written has gone on. */
    async drain(): Promise<void> {
        this.#counter.end();
        await finished(this.#counter);
    }

    /** Since the copy began. */
    get seconds(): number {
        return Math.max(0.001, (performance.now() - this.#begunMs) / 1000);
    }

    summary(): string {
        return `${inBytes(this.bytes)} in ${this.seconds.toFixed(1)} s (${inBytes(this.bytes / this.seconds)}/s)`;
    }

    stop(): void {
        this.#line.close();
    }
}
