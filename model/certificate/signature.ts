/** Object identifiers of the signatures that browsers accept, as their DER content. */
const accepted: Record<string, string> = {
    "2a864886f70d01010b": "SHA-256 with RSA",
    "2a864886f70d01010c": "SHA-384 with RSA",
    "2a864886f70d01010d": "SHA-512 with RSA",
    "2a8648ce3d040302": "ECDSA with SHA-256",
    "2a8648ce3d040303": "ECDSA with SHA-384",
    "2a8648ce3d040304": "ECDSA with SHA-512",
};

const refused: Record<string, string> = {
    "2a864886f70d010104": "MD5",
    "2a864886f70d010105": "SHA-1",
    "2a8648ce3d0401": "SHA-1",
};

interface Element {
    /** The offset of the content; `end` is the offset of the next element. */
    content: number;
    end: number;
}

function elementAt(der: Buffer, at: number): Element {
    const size = der.readUInt8(at + 1);
    if (size < 0x80) return { content: at + 2, end: at + 2 + size };
    const bytes = size & 0x7f;
    const content = at + 2 + bytes;
    return { content, end: content + der.readUIntBE(at + 2, bytes) };
}

/**
 * The reason why a certificate's signature is too weak; `undefined` when it is not. Read from the DER because Node 20
 * does not tell: a certificate is a sequence of content, algorithm and signature.
 */
export function signatureProblem(certificate: Buffer): string | undefined {
    const content = elementAt(certificate, elementAt(certificate, 0).content);
    const algorithm = elementAt(certificate, elementAt(certificate, content.end).content);
    const identifier = certificate.toString("hex", algorithm.content, algorithm.end);
    if (accepted[identifier] !== undefined) return undefined;
    return `is signed with ${refused[identifier] ?? "an unusual algorithm"}, which browsers do not accept`;
}
