import { createHmac } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";

/** The file in a data folder that holds the key of its secrets. */
export const secretKeyName = "secret.key";

/** The key as it stands in its file. */
export async function readSecretKey(dataDir: string): Promise<string> {
    return (await readFile(path.join(dataDir, secretKeyName), "utf8")).trim();
}

/** Tells one key from another without telling the key. */
export function fingerprintOf(secretKey: string): string {
    return createHmac("sha256", Buffer.from(secretKey.trim(), "base64"))
        .update("section-platform secret key")
        .digest("hex");
}
