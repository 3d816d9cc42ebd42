import { randomBytes } from "node:crypto";
import { hashToken } from "./token";

/** The secret of a link in a mail, and what is stored of it. */
export function makeLinkToken(): { token: string; hash: Buffer } {
    const token = randomBytes(32).toString("base64url");
    return { token, hash: hashToken(token) };
}
