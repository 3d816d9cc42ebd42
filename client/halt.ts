import { setTimeout as sleep } from "node:timers/promises";
import { Problem } from "section-model";

/** How long work that has begun goes on after a halt. */
export interface HaltTiming {
    /** For so long requests are sent, and every answer is waited for. */
    finishMs: number;
    /** For so long the answer is waited for that tells what a request has changed. */
    lastAnswerMs: number;
}

/** Most work ends within the first time, so that it is whole. */
export const usualHaltTiming: HaltTiming = { finishMs: 5_000, lastAnswerMs: 30_000 };

/** The stages of a halt, one after the other. */
const stages = { none: 0, asked: 1, late: 2, over: 3 } as const;

interface Wait {
    readonly end: AbortController;
    /** The stage that ends it. */
    endsIn(): number;
}

/**
 * The end of all work with an endpoint, because a person has asked for it. Pauses end at once. Requests of work that
 * has begun have a little time, so that it need not stop half way.
 */
export class Halt {
    #stage: number = stages.none;
    readonly #waits = new Set<Wait>();

    constructor(private readonly timing = usualHaltTiming) {}

    /** A second call changes nothing. */
    begin(): void {
        if (this.#stage !== stages.none) return;
        this.#reach(stages.asked);
        setTimeout(() => this.#reach(stages.late), this.timing.finishMs).unref();
        setTimeout(() => this.#reach(stages.over), this.timing.lastAnswerMs).unref();
    }

    /** Waits. Resolves with false as soon as work is stopped. */
    async pause(ms: number): Promise<boolean> {
        if (this.#stage >= stages.asked) return false;
        const end = new AbortController();
        const pausing = sleep(ms, true, { signal: end.signal }).catch(() => false);
        return this.#during({ end, endsIn: () => stages.asked }, () => pausing);
    }

    /**
     * Waits for the answer to a request.
     *
     * @param request in words, such as `GET /account`
     * @param ask sends it, gives up by the signal, and tells each pause before it is sent again
     * @throws Problem `stopped`
     */
    async listen<T>(
        request: string,
        isRead: boolean,
        ask: (signal: AbortSignal, tellPause: (ms: number) => void) => Promise<T>,
    ): Promise<T> {
        if (this.#stage >= stages.late) throw new Problem("stopped", `this was stopped before it sent ${request}`);
        const end = new AbortController();
        let pausesUntil = 0;
        const isPausing = () => Date.now() < pausesUntil;
        const tellPause = (ms: number) => {
            pausesUntil = Date.now() + ms;
            if (this.#stage >= stages.asked) end.abort();
        };
        const endsIn = () => (isPausing() ? stages.asked : isRead ? stages.late : stages.over);
        return this.#during({ end, endsIn }, () => ask(end.signal, tellPause)).catch((error) => {
            if (!end.signal.aborted) throw error;
            if (isPausing()) throw new Problem("stopped", `this was stopped before it sent ${request} again`);
            throw new Problem("stopped", `this was stopped while it waited for the answer to ${request}`, {
                isUncertain: !isRead,
            });
        });
    }

    async #during<T>(wait: Wait, work: () => Promise<T>): Promise<T> {
        this.#waits.add(wait);
        try {
            return await work();
        } finally {
            this.#waits.delete(wait);
        }
    }

    #reach(stage: number): void {
        this.#stage = stage;
        for (const wait of this.#waits) if (wait.endsIn() <= stage) wait.end.abort();
    }
}
