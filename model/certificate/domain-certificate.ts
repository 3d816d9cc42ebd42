/** The certificate that a hostname is served with. */
export interface DomainCertificate {
    /** `acme` when the platform obtains and renews it, `custom` when it is the owner's. */
    type: "acme" | "custom";
    /** False while there is no certificate yet. */
    configured: boolean;
    /** The name of its subject. */
    commonName?: string;
    /** The hostnames that it is valid for. */
    names: string[];
    /** The authority that signed it. */
    issuer?: string;
    /** Its end, as ISO 8601. */
    expires?: string;
    /** SHA-256 of the whole chain, in hex. */
    fingerprint?: string;
}
