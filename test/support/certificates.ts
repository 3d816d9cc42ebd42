import "reflect-metadata"; // @peculiar/x509 needs it
import { webcrypto } from "node:crypto";
import {
    BasicConstraintsExtension,
    cryptoProvider,
    ExtendedKeyUsageExtension,
    type Extension,
    SubjectAlternativeNameExtension,
    X509CertificateGenerator,
} from "@peculiar/x509";

cryptoProvider.set(webcrypto as never);

export interface Issued {
    /** PEM. */
    certificate: string;
    /** PEM, PKCS#8. */
    key: string;
    keys: webcrypto.CryptoKeyPair;
    name: string;
}

export interface Wish {
    name?: string;
    /** DNS names. */
    names?: string[];
    /** The signer. Default: itself. */
    issuer?: Issued;
    isAuthority?: boolean;
    kind?: "rsa" | "ec" | "ed25519";
    bits?: number;
    curve?: string;
    hash?: string;
    from?: Date;
    until?: Date;
    purposes?: string[];
}

const dayMs = 86_400_000;
let serial = 0;

function algorithmOf({ kind = "ec", bits = 2048, curve = "P-256", hash = "SHA-256" }: Wish) {
    if (kind === "rsa")
        return { name: "RSASSA-PKCS1-v1_5", hash, publicExponent: new Uint8Array([1, 0, 1]), modulusLength: bits };
    return kind === "ed25519" ? { name: "Ed25519" } : { name: "ECDSA", namedCurve: curve, hash };
}

function toPem(label: string, der: ArrayBuffer): string {
    const lines = Buffer.from(der)
        .toString("base64")
        .match(/.{1,64}/g) as string[];
    return `-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`;
}

/** Makes a key and a certificate for it, right or wrong in any way a test wants. */
export async function issueCertificate(wish: Wish): Promise<Issued> {
    serial += 1;
    const { issuer, names = [], isAuthority = false, purposes } = wish;
    const name = wish.name ?? `CN=${names[0] ?? "Someone"}`;
    const algorithm = algorithmOf(wish);
    const keys = (await webcrypto.subtle.generateKey(algorithm as webcrypto.EcKeyGenParams, true, [
        "sign",
        "verify",
    ])) as webcrypto.CryptoKeyPair;
    const extensions: Extension[] = [new BasicConstraintsExtension(isAuthority, undefined, true)];
    if (names.length > 0)
        extensions.push(new SubjectAlternativeNameExtension(names.map((value) => ({ type: "dns" as const, value }))));
    if (purposes !== undefined) extensions.push(new ExtendedKeyUsageExtension(purposes));
    const signer = issuer?.keys ?? keys;
    const certificate = await X509CertificateGenerator.create({
        serialNumber: serial.toString(16).padStart(4, "0"),
        subject: name,
        issuer: issuer?.name ?? name,
        notBefore: wish.from ?? new Date(Date.now() - dayMs),
        notAfter: wish.until ?? new Date(Date.now() + 90 * dayMs),
        publicKey: keys.publicKey,
        signingKey: signer.privateKey,
        signingAlgorithm: { ...signer.privateKey.algorithm, hash: wish.hash ?? "SHA-256" } as webcrypto.EcdsaParams,
        extensions,
    });
    const der = await webcrypto.subtle.exportKey("pkcs8", keys.privateKey);
    return { certificate: certificate.toString("pem"), key: toPem("PRIVATE KEY", der), keys, name };
}

/** A root, an intermediate below it, and a certificate for hostnames that the intermediate signed. */
export async function issueChain(names: string[], wish: Wish = {}) {
    const root = await issueCertificate({ name: "CN=Test Root, O=Test", isAuthority: true });
    const intermediate = await issueCertificate({ name: "CN=Test CA 1, O=Test", issuer: root, isAuthority: true });
    const site = await issueCertificate({ names, issuer: intermediate, ...wish });
    return {
        root,
        intermediate,
        site,
        publicCertificates: `${site.certificate}\n${intermediate.certificate}`,
        privateKey: site.key,
    };
}
