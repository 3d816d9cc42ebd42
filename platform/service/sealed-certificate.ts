import { type CheckedCertificate, describeCertificate } from "section-model";
import type { CertificateRow } from "../store/database";
import { renewalOf } from "./certificate-schedule";
import type { Context } from "./context";

/** The purpose that a site's private key is sealed for. */
export function keyPurpose(hostname: string): string {
    return `certificate/${hostname}`;
}

/** The row of a certificate that was obtained or uploaded. */
export function sealCertificate(
    { secrets, now }: Context,
    { hostname, accountId, type }: { hostname: string; accountId: number; type: CertificateRow["type"] },
    { certificates, privateKey }: CheckedCertificate,
): CertificateRow {
    const details = describeCertificate(certificates[0] as string);
    return {
        hostname,
        account_id: accountId,
        type,
        chain: certificates.join(""),
        private_key: secrets.seal(keyPurpose(hostname), privateKey),
        expires_at: details.expires,
        renew_from: type === "letsencrypt" ? renewalOf(details, now()) : null,
        issued_at: now(),
    };
}
