import { type Readable, Transform, type Writable } from "node:stream";
import { finished } from "node:stream/promises";
import { tell } from "./data";

const everyMs = 2_000;

function inBytes(bytes: number): string {
    return bytes < 1_000_000 ? `${(bytes / 1_000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** Shows on stderr how far a copy has come, when it takes longer than two seconds, and how fast it was. */
export class Progress {
    readonly #begunMs = performance.now();
    readonly #timer: NodeJS.Timeout;
    readonly #counter = new Transform({
        transform: (chunk: Buffer, _encoding, done) => {
            this.#bytes += chunk.length;
            done(null, chunk);
        },
    });
    #bytes = 0;

    constructor(what: string) {
        this.#counter.on("error", () => {}); // whoever writes or reads is told
        this.#timer = setInterval(() => tell(`${what}: ${this.summary()} so far`), everyMs);
    }

    /** What is written into this is counted on its way into `sink`, which stays open. */
    countInto(sink: Writable): Writable {
        sink.once("error", (error) => this.#counter.destroy(error));
        this.#counter.pipe(sink, { end: false });
        return this.#counter;
    }

    /** What comes from `source`, counted. */
    countFrom(source: Readable): Readable {
        source.once("error", (error) => this.#counter.destroy(error));
        return source.pipe(this.#counter);
    }

    /** Waits until all that was written has gone on. */
    async drain(): Promise<void> {
        this.#counter.end();
        await finished(this.#counter);
    }

    summary(): string {
        const seconds = Math.max(0.001, (performance.now() - this.#begunMs) / 1000);
        return `${inBytes(this.#bytes)} in ${seconds.toFixed(1)} s (${inBytes(this.#bytes / seconds)}/s)`;
    }

    stop(): void {
        clearInterval(this.#timer);
    }
}
