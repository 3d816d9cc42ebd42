import { promisify } from "node:util";
import { deflate, deflateSync } from "node:zlib";

const compress = promisify(deflate);

/** Up to here the way to another thread and back takes longer than deflating does, and keeps nobody waiting. */
const quickBytes = 32 * 1024;
const options = { level: 1 };

/** Packs data as git stores it, quickly: git packs it again, and better, when a repository is tidied. */
export async function deflateObject(data: Buffer): Promise<Buffer> {
    return data.length <= quickBytes ? deflateSync(data, options) : compress(data, options);
}
