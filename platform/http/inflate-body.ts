import { finished, PassThrough, type Readable } from "node:stream";
import { createGunzip } from "node:zlib";

/**
 * The content of a gzip body, as far as `mostBytes` go: 20 MB of it can stand for 20 GB. What follows is read and
 * forgotten as it came, so that the client can hear its answer, and the content ends there: whoever reads it knows its
 * own limit, which has to be smaller. Nothing is inflated any more once nobody reads.
 */
export function inflateBody(body: Readable, mostBytes: number): Readable {
    const inflating = createGunzip();
    const content = new PassThrough();
    let bytes = 0;
    const stop = () => {
        body.unpipe(inflating);
        inflating.destroy();
    };
    inflating.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > mostBytes) {
            stop();
            content.write(chunk);
            body.once("end", () => content.end()).resume();
        } else if (!content.write(chunk)) inflating.pause();
    });
    content.on("drain", () => inflating.resume());
    inflating.once("end", () => content.end());
    inflating.once("error", (error) => content.destroy(error));
    finished(body, { writable: false }, (error) => {
        if (error) content.destroy(error);
    });
    content.once("close", stop);
    content.on("error", () => {}); // its reader gets the error, and may not have begun
    body.pipe(inflating);
    return content;
}
