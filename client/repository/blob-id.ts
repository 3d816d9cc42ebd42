import { createHash } from "node:crypto";

/** The id that git gives a file of this content. Equal ids mean equal files. */
export function blobIdOf(content: string | Buffer): string {
    const data = typeof content === "string" ? Buffer.from(content, "utf8") : content;
    return createHash("sha1").update(`blob ${data.length}\0`).update(data).digest("hex");
}
