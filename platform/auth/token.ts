import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

const prefix = "section";
const form = new RegExp(`^${prefix}_([0-9a-f]{16})_([0-9A-Za-z_-]{43})_([0-9a-f]{8})$`);

export interface NewToken {
    /** Public part: names the token in lists. */
    id: string;
    /** The whole token, shown once. */
    token: string;
    /** Only this is stored. */
    hash: Buffer;
}

function checksum(text: string): string {
    return createHash("sha256").update(`section-token-checksum:${text}`).digest("hex").slice(0, 8);
}

/** The hash that is stored of a token. It has 256 random bits, so a fast hash is enough. */
export function hashToken(token: string): Buffer {
    return createHash("sha256").update(token).digest();
}

/** Makes a token: a readable prefix, a public id, a secret and a checksum that scanners and typos are told by. */
export function makeToken(): NewToken {
    const id = randomBytes(8).toString("hex");
    const body = `${prefix}_${id}_${randomBytes(32).toString("base64url")}`;
    const token = `${body}_${checksum(body)}`;
    return { id, token, hash: hashToken(token) };
}

/** The public id of something that has the form of a token, or undefined. Says nothing about whether it is valid. */
export function tokenIdOf(text: string): string | undefined {
    const match = form.exec(text);
    if (!match) return undefined;
    const body = text.slice(0, text.lastIndexOf("_"));
    return checksum(body) === match[3] ? match[1] : undefined;
}

/** Compares in constant time. */
export function isSameHash(one: Buffer, other: Buffer): boolean {
    return one.length === other.length && timingSafeEqual(one, other);
}
