import { hash, verify } from "@node-rs/argon2";
import { Problem } from "section-model";

const shortest = 10;
const longest = 256;

/** Hashes a password with argon2id. Refuses ones that are too short to protect anything. */
export async function hashPassword(password: string): Promise<string> {
    if (password.length < shortest || password.length > longest) {
        throw new Problem("invalid-input", `a password has ${shortest} to ${longest} characters`, { remedy: "Choose a longer one" });
    }
    return hash(password);
}

// verifying against this takes as long as against a real one, so that time does not tell who exists
let decoy: Promise<string> | undefined;

/** True when the password is the one that was hashed. A missing hash takes as long and is false. */
export async function isPassword(stored: string | null | undefined, password: string): Promise<boolean> {
    if (password.length > longest) return false;
    if (stored === null || stored === undefined) {
        decoy ??= hash("no password has this hash");
        await verify(await decoy, password);
        return false;
    }
    return verify(stored, password);
}
