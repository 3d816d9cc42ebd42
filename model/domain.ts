import { z } from "zod";
import { checkCertificate } from "./certificate/chain";
import { hostnameSchema } from "./hostname";
import type { Issue } from "./issue";
import { environmentIdSchema } from "./resource-id";

const longestWaitSeconds = 86_400;
const waitReason = `must be a whole number of seconds from 1 to ${longestWaitSeconds}`;
const certificateReason = 'must be "acme", or { publicCertificates, privateKey } with PEM texts';

/** The declared wait for a hostname to go live. */
export const liveWaitSchema = z.strictObject(
    { timeoutSeconds: z.int(waitReason).min(1, waitReason).max(longestWaitSeconds, waitReason).optional() },
    "must be an object such as { timeoutSeconds: 600 }",
);

/** The declared certificate of a hostname: one that the platform obtains, or the owner's. */
export const wantedCertificateSchema = z.union(
    [z.literal("acme"), z.strictObject({ publicCertificates: z.string(), privateKey: z.string() })],
    certificateReason,
);

export type WantedCertificate = z.infer<typeof wantedCertificateSchema>;

/** A hostname that an environment answers for. A certificate that is not declared stays as it is. */
export const domainSchema = z.strictObject({
    environment: environmentIdSchema,
    hostname: hostnameSchema,
    waitForLive: liveWaitSchema.optional(),
    certificate: wantedCertificateSchema.optional(),
});

export type DomainInputs = z.infer<typeof domainSchema>;

/** Mistakes of a domain's own certificate. Empty while its hostname is not known. */
export function relateDomain({ hostname, certificate }: Partial<DomainInputs>, now = new Date()): Issue[] {
    if (hostname === undefined || certificate === undefined || certificate === "acme") return [];
    const checked = checkCertificate({ ...certificate, hostname, now });
    return "findings" in checked
        ? checked.findings.map(({ property, reason }) => ({ property: `certificate.${property}`, reason }))
        : [];
}
