import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { link, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { Problem } from "section-model";
import { secretKeyName } from "./secret-key";

const algorithm = "aes-256-gcm";
const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Keeps secrets that have to be read again, such as private keys. The stored text is encrypted, and a change of it is
 * noticed.
 */
export class SecretBox {
    constructor(private readonly key: Buffer) {
        if (key.length !== keyBytes)
            throw new Problem("invalid-input", `the secret key has ${key.length} bytes, not ${keyBytes}`, {
                remedy: "Restore the file",
            });
    }

    /**
     * @param purpose names the use, such as `certificate/www.acme.example`: a secret opens under the same words only
     */
    seal(purpose: string, secret: string): Buffer {
        const nonce = randomBytes(nonceBytes);
        const cipher = createCipheriv(algorithm, this.key, nonce).setAAD(Buffer.from(purpose));
        return Buffer.concat([nonce, cipher.update(secret, "utf8"), cipher.final(), cipher.getAuthTag()]);
    }

    open(purpose: string, sealed: Buffer): string {
        const decipher = createDecipheriv(algorithm, this.key, sealed.subarray(0, nonceBytes)).setAAD(
            Buffer.from(purpose),
        );
        decipher.setAuthTag(sealed.subarray(-tagBytes));
        try {
            return Buffer.concat([decipher.update(sealed.subarray(nonceBytes, -tagBytes)), decipher.final()]).toString(
                "utf8",
            );
        } catch (cause) {
            throw new Problem("internal", `a secret of ${purpose} cannot be opened with this platform's key`, {
                cause,
            });
        }
    }
}

/**
 * The box of a data folder. Its key is a file there that only its owner can read, made once; replicas share it with the
 * folder.
 *
 * @throws Problem `invalid-input` for a key file that is damaged
 */
export async function openSecretBox(dataDir: string): Promise<SecretBox> {
    const file = path.join(dataDir, secretKeyName);
    const fresh = `${file}.${randomBytes(6).toString("hex")}`;
    const read = async () => new SecretBox(Buffer.from((await readFile(file, "utf8")).trim(), "base64"));
    const isThere = await readFile(file).then(
        () => true,
        (error) => {
            if (error.code !== "ENOENT") throw error;
            return false;
        },
    );
    if (isThere) return read();
    await writeFile(fresh, `${randomBytes(keyBytes).toString("base64")}\n`, { mode: 0o600, flush: true });
    try {
        await link(fresh, file); // of two processes that start at once, one makes the key
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    } finally {
        await rm(fresh, { force: true });
    }
    return read();
}
