import { promisify } from "node:util";
import { deflate, deflateSync } from "node:zlib";
import { nextSlice } from "../../slices";

const compress = promisify(deflate);

/** Data of up to this size is deflated at once: to go to another thread and back takes as long. */
const quickBytes = 32 * 1024;
const options = { level: 1 };

/** Packs data as git stores it, quickly: git packs it again, and better, when a repository is tidied. */
export async function deflateObject(data: Buffer): Promise<Buffer> {
    if (data.length > quickBytes) return compress(data, options);
    await nextSlice();
    return deflateSync(data, options);
}
