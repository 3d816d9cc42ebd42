import { createHash, createHmac, type KeyObject, sign } from "node:crypto";

/** A signed message, as every request of ACME is one (RFC 8555, 6.2). */
export interface Jws {
    protected: string;
    payload: string;
    signature: string;
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** The public half of a P-256 key, its members in the order that a thumbprint needs. */
export function publicJwk(key: KeyObject): { crv: string; kty: string; x: string; y: string } {
    const { crv = "", kty = "", x = "", y = "" } = key.export({ format: "jwk" });
    return { crv, kty, x, y };
}

/** RFC 7638. */
export function thumbprint(key: KeyObject): string {
    return createHash("sha256")
        .update(JSON.stringify(publicJwk(key)))
        .digest("base64url");
}

/** @param payload nothing asks for the resource itself ("POST-as-GET") */
export function signMessage(key: KeyObject, header: Record<string, unknown>, payload?: unknown): Jws {
    const message = {
        protected: encode({ alg: "ES256", ...header }),
        payload: payload === undefined ? "" : encode(payload),
    };
    const signature = sign("sha256", Buffer.from(`${message.protected}.${message.payload}`), {
        key,
        dsaEncoding: "ieee-p1363",
    });
    return { ...message, signature: signature.toString("base64url") };
}

/** Ties a new account to one that its authority knows already (RFC 8555, 7.3.4). */
export function bindExternalAccount(
    { keyId, macKey }: { keyId: string; macKey: string },
    url: string,
    key: KeyObject,
): Jws {
    const message = { protected: encode({ alg: "HS256", kid: keyId, url }), payload: encode(publicJwk(key)) };
    const mac = createHmac("sha256", Buffer.from(macKey, "base64url")).update(
        `${message.protected}.${message.payload}`,
    );
    return { ...message, signature: mac.digest("base64url") };
}
