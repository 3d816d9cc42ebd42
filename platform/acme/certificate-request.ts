import { createPublicKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";

const identifiers = {
    extensionRequest: "2a864886f70d01090e",
    subjectAltName: "551d11",
    ecdsaWithSha256: "2a8648ce3d040302",
};

function element(tag: number, ...parts: Buffer[]): Buffer {
    const content = Buffer.concat(parts);
    if (content.length < 0x80) return Buffer.concat([Buffer.from([tag, content.length]), content]);
    const digits = content.length.toString(16);
    const size = Buffer.from(digits.padStart(digits.length + (digits.length % 2), "0"), "hex");
    return Buffer.concat([Buffer.from([tag, 0x80 | size.length]), size, content]);
}

const sequence = (...parts: Buffer[]) => element(0x30, ...parts);
const set = (...parts: Buffer[]) => element(0x31, ...parts);
const identifier = (hex: string) => element(0x06, Buffer.from(hex, "hex"));

/** A new key for a site's certificate or an account, as PEM. */
export function makePrivateKey(): string {
    return generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({
        type: "pkcs8",
        format: "pem",
    }) as string;
}

/**
 * Makes the request for a certificate by a site's key (PKCS #10): one hostname, nothing else. Written here because Node
 * cannot make one, and a library that can brings fourteen packages.
 *
 * @returns DER
 */
export function makeCertificateRequest(key: KeyObject, hostname: string): Buffer {
    const names = sequence(element(0x82, Buffer.from(hostname, "latin1")));
    const extensions = sequence(sequence(identifier(identifiers.subjectAltName), element(0x04, names)));
    const attribute = sequence(identifier(identifiers.extensionRequest), set(extensions));
    const publicKey = createPublicKey(key).export({ type: "spki", format: "der" });
    const version = element(0x02, Buffer.from([0]));
    const nobody = sequence();
    const content = sequence(version, nobody, publicKey, element(0xa0, attribute));
    const signature = element(0x03, Buffer.from([0]), sign("sha256", content, key));
    return sequence(content, sequence(identifier(identifiers.ecdsaWithSha256)), signature);
}
