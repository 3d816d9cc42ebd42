/** Does something again and again, `atOnce` at a time, until it is ended; failures of it are part of an attack. */
export function repeat(atOnce: number, work: () => Promise<unknown>): { end(): Promise<void>; done(): number } {
    let isEnded = false;
    let count = 0;
    const workers = Array.from({ length: atOnce }, async () => {
        while (!isEnded) {
            await work();
            count += 1;
        }
    });
    return {
        end: async () => {
            isEnded = true;
            await Promise.all(workers);
        },
        done: () => count,
    };
}
