import { createHash, X509Certificate } from "node:crypto";
import { parse } from "tldts";
import { readPem } from "./pem";

/** The details of a certificate that matter to the owner of a site. */
export interface CertificateDetails {
    commonName?: string;
    /** The names that it is valid for. */
    alternateNames: string[];
    /** The signer: its common name, else its organization. */
    issuer: string;
    validFrom: Date;
    expires: Date;
    /** Base64 of the SHA-256 of the public key, as in `pin-sha256` of HPKP (RFC 7469). */
    publicKeyPin: string;
}

type Name = Record<string, string | string[] | undefined> | undefined;

function first(value: string | string[] | undefined): string | undefined {
    return Array.isArray(value) ? value[0] : value;
}

/** The names in a certificate's subjectAltName. No client uses the common name. */
export function alternateNames(certificate: X509Certificate): string[] {
    const entries = (certificate.subjectAltName ?? "").matchAll(/DNS:("(?:[^"\\]|\\.)*"|[^,]*)/g);
    return [...entries].map(([, name = ""]) =>
        (name.startsWith('"') ? (JSON.parse(name) as string) : name).toLowerCase(),
    );
}

/** @param pem one block, as `readPem` spells it */
export function describeCertificate(pem: string): CertificateDetails {
    const certificate = new X509Certificate(pem);
    const { subject, issuer } = certificate.toLegacyObject() as unknown as { subject: Name; issuer: Name };
    const publicKey = certificate.publicKey.export({ type: "spki", format: "der" });
    return {
        commonName: first(subject?.CN),
        alternateNames: alternateNames(certificate),
        issuer: first(issuer?.CN) ?? first(issuer?.O) ?? certificate.issuer.replaceAll("\n", ", "),
        validFrom: new Date(certificate.validFrom),
        expires: new Date(certificate.validTo),
        publicKeyPin: createHash("sha256").update(publicKey).digest("base64"),
    };
}

/**
 * True when one of a certificate's names is the hostname, or a wildcard for its first label: `*.acme.example` covers
 * `www.acme.example`, and neither `acme.example` nor `a.b.acme.example`. A wildcard below a public suffix covers
 * nothing.
 */
export function coversHostname(names: readonly string[], hostname: string): boolean {
    const labels = hostname.split(".");
    return names.some((name) => {
        const [head, ...rest] = name.split(".");
        if (head !== "*") return name === hostname;
        const parent = rest.join(".");
        const { publicSuffix, isIcann } = parse(parent, { allowPrivateDomains: false });
        return labels.slice(1).join(".") === parent && rest.length > 1 && !(isIcann && publicSuffix === parent);
    });
}

/** A hash of all certificates of a chain, in order. It is equal for equal chains, in any spelling of their PEM. */
export function chainFingerprint(publicCertificates: string): string {
    const texts = readPem(publicCertificates).blocks.map(({ text }) => text);
    return createHash("sha256").update(texts.join("")).digest("hex");
}
