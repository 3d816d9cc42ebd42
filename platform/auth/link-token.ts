import { randomBytes } from "node:crypto";
import { hashToken } from "./token";

/** The secret of a link in a mail, and its hash, which is stored. */
export function makeLinkToken(): { token: string; hash: Buffer } {
    const token = randomBytes(32).toString("base64url");
    return { token, hash: hashToken(token) };
}
