import type { Logger } from "pino";

/**
 * The greatest change of a pause, as a part of its length, so that replicas that started together do not stay together.
 */
const jitter = 0.2;

/**
 * Does something again and again, with a pause before each time, in the background: it keeps no process alive, and a
 * failure is logged.
 *
 * @returns a function that ends it: a run that has begun is told to hurry, and waited for
 */
export function repeat(
    pauseMs: number,
    task: (hurry: AbortSignal) => Promise<unknown>,
    log: Pick<Logger, "warn">,
): () => Promise<void> {
    const ending = new AbortController();
    let running: Promise<unknown> = Promise.resolve();
    let timer: NodeJS.Timeout;
    const perform = async () => {
        await task(ending.signal).catch((error) => log.warn({ err: error }, "work in the background failed"));
        if (!ending.signal.aborted) schedule();
    };
    const schedule = () => {
        timer = setTimeout(
            () => {
                running = perform();
            },
            pauseMs * (1 + jitter * (2 * Math.random() - 1)),
        );
        timer.unref();
    };
    schedule();
    return async () => {
        ending.abort();
        clearTimeout(timer);
        await running;
    };
}
