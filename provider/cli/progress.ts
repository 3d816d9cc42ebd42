const quietMs = 2_000;
const everyMs = 5_000;

/** Says on stderr what is going on, once it takes longer than people wait without asking. */
export async function withProgress<T>(what: string, work: () => Promise<T>): Promise<T> {
    const startedAt = Date.now();
    const seconds = () => `${((Date.now() - startedAt) / 1000).toFixed(0)} s`;
    let timer = setTimeout(function tell() {
        process.stderr.write(`${what} ... ${seconds()}\n`);
        timer = setTimeout(tell, everyMs);
    }, quietMs);
    try {
        return await work();
    } finally {
        clearTimeout(timer);
    }
}
