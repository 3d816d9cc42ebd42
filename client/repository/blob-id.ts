import { createHash } from "node:crypto";

/** The id git gives a file of this content: equal ids, equal files. */
export function blobIdOf(content: string | Buffer): string {
    const data = typeof content === "string" ? Buffer.from(content, "utf8") : content;
    return createHash("sha1").update(`blob ${data.length}\0`).update(data).digest("hex");
}
