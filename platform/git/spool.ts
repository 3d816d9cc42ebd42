import { open } from "node:fs/promises";

/**
 * Writes what a client sends into a file, as it comes: while it has not arrived, it takes neither a process nor memory.
 * Returns the number of bytes.
 *
 * @param mostBytes with one more it throws what `refuse` makes
 */
export async function spool(
    source: AsyncIterable<Buffer>,
    file: string,
    mostBytes: number,
    refuse: () => Error,
): Promise<number> {
    const handle = await open(file, "w", 0o600);
    try {
        let bytes = 0;
        for await (const chunk of source) {
            bytes += chunk.length;
            if (bytes > mostBytes) throw refuse();
            await handle.writeFile(chunk);
        }
        return bytes;
    } finally {
        await handle.close();
    }
}
