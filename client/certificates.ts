import { chainFingerprint, type DomainCertificate } from "section-model";
import { z } from "zod";
import type { Client } from "./client";
import type { CertificateUpload } from "./domains";

const domainPath = (organization: number, hostname: string) => `/account/${organization}/domain/${hostname}`;
const httpsPath = (organization: number, hostname: string) => `${domainPath(organization, hostname)}/https`;

const https = z
    .looseObject({
        type: z.string().optional(),
        configured: z.boolean().optional(),
        common_name: z.string().nullish(),
        alternate_names: z.array(z.string()).nullish(),
        issuer: z.string().nullish(),
        expires: z.string().nullish(),
        certificates: z.array(z.string()).nullish(),
    })
    .transform(
        ({
            type,
            configured = false,
            common_name,
            alternate_names,
            issuer,
            expires,
            certificates,
        }): DomainCertificate => ({
            type: type === "custom" ? "custom" : "acme",
            configured,
            ...(common_name && { commonName: common_name }),
            names: alternate_names ?? [],
            ...(issuer && { issuer }),
            ...(expires && !Number.isNaN(Date.parse(expires)) && { expires: new Date(expires).toISOString() }),
            ...(configured && certificates?.length && { fingerprint: chainFingerprint(certificates.join("\n")) }),
        }),
    );

export async function readCertificate(
    client: Client,
    organization: number,
    hostname: string,
): Promise<DomainCertificate> {
    return client.read(httpsPath(organization, hostname), https);
}

export async function uploadCertificate(
    client: Client,
    organization: number,
    hostname: string,
    { publicCertificates, privateKey }: CertificateUpload,
): Promise<DomainCertificate> {
    const path = httpsPath(organization, hostname);
    const body = {
        type: "custom",
        verify_only: false,
        public_certificates: publicCertificates,
        private_key: privateKey,
    };
    return client.write("POST", path, { body, answer: https, forgets: [path] });
}

/** Makes the platform issue a certificate in place of the owner's, which serves until then. */
export async function returnToIssuing(
    client: Client,
    organization: number,
    hostname: string,
): Promise<DomainCertificate> {
    const path = httpsPath(organization, hostname);
    return client.write("POST", path, {
        body: { type: "letsencrypt", verify_only: false },
        answer: https,
        forgets: [path],
    });
}

/** Makes the platform issue a certificate now. Returns when it is issued. */
export async function issueCertificate(client: Client, organization: number, hostname: string): Promise<void> {
    await client.write("POST", `${domainPath(organization, hostname)}/renewCertificate`, {
        forgets: [httpsPath(organization, hostname)],
    });
}
