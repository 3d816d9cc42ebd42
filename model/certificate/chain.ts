import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import type { Issue } from "../issue";
import { alternateNames, coversHostname } from "./certificate";
import { type PemBlock, readPem } from "./pem";
import { signatureProblem } from "./signature";

/** A certificate, its key, and the site that they are for. */
export interface CertificateToCheck {
    /** PEM: the site's certificate, then the intermediates in order, without the root. */
    publicCertificates: string;
    /** PEM: the key of the first certificate, not encrypted. */
    privateKey: string;
    hostname: string;
    now: Date;
}

export interface CheckedCertificate {
    /** PEM blocks in normal spelling, the site's certificate first. */
    certificates: string[];
    privateKey: string;
}

const longestChain = 10;
const weakestRsaBits = 2048;
const serverAuthentication = "1.3.6.1.5.5.7.3.1";
const keyLabels = new Set(["PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY"]);

interface Link {
    certificate: X509Certificate;
    text: string;
    /** Its name in messages. */
    title: string;
    publicKey: KeyObject;
}

function keyProblem({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): string | undefined {
    const bits = asymmetricKeyDetails?.modulusLength ?? 0;
    if (asymmetricKeyType === "rsa")
        return bits < weakestRsaBits
            ? `an RSA key of ${bits} bits, which is too weak; use ${weakestRsaBits} or more`
            : undefined;
    if (asymmetricKeyType !== "ec")
        return `a key of type ${asymmetricKeyType}, which browsers do not accept; use RSA or ECDSA`;
    const curve = asymmetricKeyDetails?.namedCurve ?? "an unnamed curve";
    return ["prime256v1", "secp384r1", "secp521r1"].includes(curve)
        ? undefined
        : `a key on the curve ${curve}, which browsers do not accept; use P-256 or P-384`;
}

/** The certificates among the blocks, and the mistakes in the other blocks. */
function readLinks(blocks: readonly PemBlock[]): { links: Link[]; reasons: string[] } {
    const links: Link[] = [];
    const reasons: string[] = [];
    for (const [index, { label, text, line }] of blocks.entries()) {
        if (label !== "CERTIFICATE") {
            reasons.push(
                `line ${line} begins a ${label}; only certificates belong here${keyLabels.has(label) ? ", the key into the private key" : ""}`,
            );
            continue;
        }
        try {
            const certificate = new X509Certificate(text);
            const name = /^CN=(.*)$/m.exec(certificate.subject)?.[1] ?? certificate.subject.replaceAll("\n", ", ");
            links.push({
                certificate,
                text,
                title: `certificate ${index + 1} (${name})`,
                publicKey: certificate.publicKey,
            });
        } catch {
            reasons.push(`the block of line ${line} is base64 but no certificate; copy it again`);
        }
    }
    return { links, reasons };
}

/** Mistakes of one certificate that do not depend on its place. */
function linkReasons({ certificate, title, publicKey }: Link, now: Date): string[] {
    const reasons: string[] = [];
    const [from, until] = [new Date(certificate.validFrom), new Date(certificate.validTo)];
    if (until <= now) reasons.push(`${title} expired on ${until.toISOString()}; get a new one from its issuer`);
    if (from > now) reasons.push(`${title} is not valid before ${from.toISOString()}; upload it then`);
    const weakKey = keyProblem(publicKey);
    if (weakKey !== undefined) reasons.push(`${title} has ${weakKey}`);
    const weakSignature = signatureProblem(certificate.raw);
    if (weakSignature !== undefined) reasons.push(`${title} ${weakSignature}; get a new one from its issuer`);
    return reasons;
}

function isSelfSigned(certificate: X509Certificate): boolean {
    return certificate.checkIssued(certificate);
}

function signs(issuer: Link, issued: Link): boolean {
    return issued.certificate.checkIssued(issuer.certificate) && issued.certificate.verify(issuer.publicKey);
}

/** Mistakes in the order: the site's certificate first, each signed by the next, no root. */
function orderReasons(links: readonly Link[]): string[] {
    const reasons: string[] = [];
    const seen = new Map<string, Link>();
    for (const [index, link] of links.entries()) {
        const twin = seen.get(link.certificate.fingerprint256);
        seen.set(link.certificate.fingerprint256, link);
        if (twin !== undefined) reasons.push(`${link.title} repeats ${twin.title}; leave it out`);
        else if (index > 0 && isSelfSigned(link.certificate))
            reasons.push(`${link.title} is a root; leave it out, browsers bring their own`);
        else if (index > 0 && !link.certificate.ca)
            reasons.push(`${link.title} is not of a certificate authority; only intermediates may follow the first`);
        else if (index > 0 && !signs(link, links[index - 1] as Link)) {
            const before = links[index - 1] as Link;
            const issuer = links.find(
                (each) => each !== before && !isSelfSigned(each.certificate) && signs(each, before),
            );
            const remedy =
                issuer === undefined
                    ? "put the certificate of its issuer there"
                    : `${issuer.title} did; put the certificates in that order`;
            reasons.push(`${link.title} did not sign ${before.title}; ${remedy}`);
        }
    }
    return reasons;
}

/** Mistakes of the first certificate. */
function ownReasons({ certificate, title }: Link, hostname: string): string[] {
    const reasons: string[] = [];
    const names = alternateNames(certificate);
    if (names.length === 0)
        reasons.push(
            `${title} has no subject alternative names, without which browsers accept it for no site; get one that lists ${hostname}`,
        );
    else if (!coversHostname(names, hostname)) {
        const shown = names.slice(0, 10).join(", ");
        reasons.push(
            `${title} is for ${shown}${names.length > 10 ? ", …" : ""} and not for ${hostname}; get one that lists ${hostname}`,
        );
    }
    const purposes = certificate.keyUsage as string[] | undefined; // Node's name for the extended key usage
    if (purposes !== undefined && !purposes.includes(serverAuthentication))
        reasons.push(`${title} is not for web servers; get a TLS server certificate`);
    return reasons;
}

function readKey(text: string): { key?: KeyObject; pem: string; reasons: string[] } {
    const { blocks, reasons } = readPem(text);
    const keys = blocks.filter(({ label }) => keyLabels.has(label));
    const [block] = keys;
    if (reasons.length > 0) return { pem: "", reasons };
    if (block === undefined)
        return {
            pem: "",
            reasons: ["holds no private key; send the PEM file that begins with -----BEGIN PRIVATE KEY-----"],
        };
    if (keys.length > 1)
        return { pem: "", reasons: [`holds ${keys.length} private keys; send the one of the first certificate`] };
    if (block.isEncrypted)
        return { pem: "", reasons: ["is encrypted; decrypt it first: openssl pkey -in key.pem -out plain.pem"] };
    try {
        const key = createPrivateKey(block.text);
        return { key, pem: key.export({ type: "pkcs8", format: "pem" }) as string, reasons: [] };
    } catch {
        return { pem: "", reasons: [`the ${block.label} of line ${block.line} cannot be read; copy it again`] };
    }
}

/** The reason when a key does not belong to the first certificate. */
function ownerReasons(key: KeyObject, links: readonly Link[]): string[] {
    const owner = links.find(({ certificate }) => certificate.checkPrivateKey(key));
    if (owner === links[0]) return [];
    const whose = owner === undefined ? "" : ` but to ${owner.title}`;
    return [`does not belong to ${links[0]?.title}${whose}; send the key that the certificate was requested with`];
}

/**
 * Checks a certificate, its chain and its key against each other and against the site. Reports all mistakes at once.
 * Does not check that browsers trust the issuer, so that an organization can use its own authority.
 */
export function checkCertificate({
    publicCertificates,
    privateKey,
    hostname,
    now,
}: CertificateToCheck): CheckedCertificate | { findings: Issue[] } {
    const { blocks, reasons: unreadable } = readPem(publicCertificates);
    const { links, reasons: foreign } = readLinks(blocks.slice(0, longestChain));
    const { key, pem, reasons: ofKey } = readKey(privateKey);
    const ofChain = [...unreadable, ...foreign];
    if (blocks.length > longestChain)
        ofChain.push(`holds ${blocks.length} blocks; a chain has at most ${longestChain}`);
    ofChain.push(...links.flatMap((link) => linkReasons(link, now)));
    const [own] = links;
    const misplaced = own?.certificate.ca ? links.find(({ certificate }) => !certificate.ca) : undefined;
    if (misplaced !== undefined) ofChain.push(`${misplaced.title} is the site's own; put it first`);
    else if (own !== undefined) {
        ofChain.push(...orderReasons(links), ...ownReasons(own, hostname));
        if (key !== undefined) ofKey.push(...ownerReasons(key, links));
    } else if (ofChain.length === 0)
        ofChain.push("holds no certificate; send the PEM file that begins with -----BEGIN CERTIFICATE-----");
    const findings = [
        ...ofChain.map((reason) => ({ property: "publicCertificates", reason })),
        ...ofKey.map((reason) => ({ property: "privateKey", reason })),
    ];
    return findings.length > 0 ? { findings } : { certificates: links.map(({ text }) => text), privateKey: pem };
}
