/** Waits until all have ended, so that none of them goes on when this fails. Throws what the first of them threw. */
export async function settleAll(works: readonly Promise<unknown>[]): Promise<void> {
    await Promise.allSettled(works);
    await Promise.all(works);
}
