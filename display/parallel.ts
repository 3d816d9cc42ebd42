// Own code: p-map and p-limit are ES modules only, which jest cannot load where a test embeds the platform; async waits
// for ever on work that is not written `async`; @supercharge/promise-pool needs as many lines around it as this file
// has.

import type { Step } from "./progress-line";

/**
 * Does `work` on every item, on at most `limit` of them at the same time. Returns the results in the order of the
 * items. After a failure it begins no other item.
 */
export async function mapAtMost<T, R>(
    limit: number,
    items: readonly T[],
    work: (item: T) => Promise<R>,
    step?: Step,
): Promise<R[]> {
    const answers: R[] = new Array(items.length);
    let [next, done] = [0, 0];
    const worker = async () => {
        while (next < items.length) {
            const index = next;
            next += 1;
            try {
                answers[index] = await work(items[index] as T);
                done += 1;
                step?.(done, items.length);
            } catch (error) {
                next = items.length;
                throw error;
            }
        }
    };
    await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
    return answers;
}
