import { createHash, randomBytes } from "node:crypto";

const form = /^[0-9A-Za-z_-]{43}$/;

/** Makes the secret that a browser keeps to show that it is the same one again: 256 random bits. */
export function makeSecret(): string {
    return randomBytes(32).toString("base64url");
}

/** True for text that `makeSecret` can have made. */
export function isSecret(text: string): boolean {
    return form.test(text);
}

/** The hash of a session's secret; only this is stored. */
export function hashSecret(secret: string): Buffer {
    return createHash("sha256").update(`section-session:${secret}`).digest();
}

/** The token that shows that a form was made for the browser with that secret. It does not tell the secret. */
export function formTokenOf(secret: string): string {
    return createHash("sha256").update(`section-form:${secret}`).digest("base64url");
}

/** Tells whether a user still has the password that a session began with, and whether a one-time code came with it. */
export function digestPasswordHash(passwordHash: string, withCode = false): Buffer {
    return createHash("sha256")
        .update(`section-password${withCode ? "-and-code" : ""}:${passwordHash}`)
        .digest();
}
