import type { Readable } from "node:stream";

const mostBytes = 256 * 1024 * 1024;
const longestMs = 30_000;

/**
 * Reads the rest of a client's request and forgets it. A client that is refused in the middle of a large body reads the
 * answer only when it has sent everything; a connection that is closed before loses it. Resolves at the end, or when
 * the rest is too long or too slow.
 */
export function hearOut(body: Readable & { complete?: boolean }): Promise<void> {
    if (body.readableEnded || body.destroyed || body.complete === true) return Promise.resolve();
    return new Promise((resolve) => {
        let bytes = 0;
        const timer = setTimeout(resolve, longestMs);
        const finish = () => {
            clearTimeout(timer);
            resolve();
        };
        for (const event of ["end", "error", "close"]) body.once(event, finish);
        body.on("data", (chunk: Buffer) => {
            bytes += chunk.length;
            if (bytes > mostBytes) finish();
        });
        body.unpipe().resume();
    });
}
