import { createHash } from "node:crypto";

/** The id git gives a file of this text: equal ids, equal files. */
export function blobIdOf(text: string): string {
    const data = Buffer.from(text, "utf8");
    return createHash("sha1").update(`blob ${data.length}\0`).update(data).digest("hex");
}
