import type { WithDefault } from "./column";

/** The certificate that a hostname is served with. */
export interface CertificateTable {
    hostname: string;
    account_id: number;
    type: "letsencrypt" | "custom";
    /** PEM, the site's own certificate first. */
    chain: string;
    /** Sealed. */
    private_key: Buffer;
    expires_at: Date;
    /** When it is time for a new one; null when only its owner can tell. */
    renew_from: Date | null;
    issued_at: Date;
}

/** A certificate on its way, or one that could not be had: at most one for a hostname. */
export interface CertificateOrderTable {
    hostname: string;
    account_id: number;
    /** When to go on; null when it has been given up. */
    due_at: Date | null;
    attempts: WithDefault<number>;
    /** The process that works on it, until `claimed_until`. */
    claim: WithDefault<string | null>;
    claimed_until: WithDefault<Date | null>;
    order_url: WithDefault<string | null>;
    /** Sealed; of the certificate to come. */
    private_key: WithDefault<Buffer | null>;
    challenge_token: WithDefault<string | null>;
    key_authorization: WithDefault<string | null>;
    last_error: WithDefault<string | null>;
}

export interface AcmeAccountTable {
    directory: string;
    /** Sealed. */
    private_key: Buffer;
    created_at: WithDefault<Date>;
}
