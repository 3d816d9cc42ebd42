import { Secret, TOTP } from "otpauth";

const issuer = "Section";
const secretBytes = 20;
const periodSeconds = 30;
/** Steps that a clock may be off, either way. */
const tolerance = 1;

/** A secret that an authenticator app makes one-time codes from (RFC 6238), in the ways an app can take it. */
export interface TotpSecret {
    base32: string;
    /** `otpauth://`, for apps that open links. */
    url: string;
}

/** The purpose that a user's secret is sealed for. */
export const totpPurpose = (userId: number) => `totp/${userId}`;

function totpOf(base32: string, label = ""): TOTP {
    return new TOTP({
        issuer,
        label,
        secret: Secret.fromBase32(base32),
        algorithm: "SHA1",
        digits: 6,
        period: periodSeconds,
    });
}

export function makeTotpSecret(email: string): TotpSecret {
    const base32 = new Secret({ size: secretBytes }).base32;
    return { base32, url: totpOf(base32, email).toString() };
}

/** The QR code of an address as SVG text and as a PNG in a data URI. */
export async function drawQrCode(url: string): Promise<{ svg: string; pngDataUri: string }> {
    // loaded on use: few requests draw one, and every start would wait for it
    const { toDataURL, toString: toText } = require("qrcode") as typeof import("qrcode");
    const [svg, pngDataUri] = await Promise.all([toText(url, { type: "svg" }), toDataURL(url)]);
    return { svg, pngDataUri };
}

/**
 * The number of the time step that a code is of, or undefined when it is wrong. A step that was used once must not be
 * used again.
 */
export function stepOfCode(base32: string, code: string, now: Date): number | undefined {
    const token = code.replaceAll(/\s/g, "");
    if (!/^[0-9]{6}$/.test(token)) return undefined;
    const delta = totpOf(base32).validate({ token, timestamp: now.getTime(), window: tolerance });
    return delta === null ? undefined : Math.floor(now.getTime() / 1000 / periodSeconds) + delta;
}
