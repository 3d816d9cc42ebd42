import { buffer } from "node:stream/consumers";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { pack } from "tar-stream";
import { templateOf } from "./proxy-templates";

const compress = promisify(gzip);

/** The same for everybody and always, so that the same template is the same bytes. */
const entryTime = new Date("2000-01-01T00:00:00Z");

/** The files that a new proxy of an image starts from, as tar.gz with paths inside the proxy's folder. */
export async function archiveTemplate(image: string): Promise<Buffer> {
    const archive = pack();
    for (const [name, text] of Object.entries(templateOf(image).files))
        archive.entry({ name, mtime: entryTime, mode: 0o644 }, text);
    archive.finalize();
    return compress(await buffer(archive as unknown as AsyncIterable<Buffer>));
}
