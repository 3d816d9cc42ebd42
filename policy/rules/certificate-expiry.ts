import { type CertificateDetails, describeCertificate, readPem } from "section-model";
import { defineRule } from "../rule";

interface Config {
    days: number;
}

const dayMs = 86_400_000;

/** The readable certificates of a text. The resource itself refuses the others, with the reason. */
function describeAll(publicCertificates: string): CertificateDetails[] {
    return readPem(publicCertificates).blocks.flatMap(({ text }) => {
        try {
            return [describeCertificate(text)];
        } catch {
            return [];
        }
    });
}

/** Nobody but its owner renews an own certificate. */
export const certificateExpiry = defineRule<Config>(
    {
        name: "section-certificate-expiry",
        description: "Uploaded certificates do not end soon.",
        level: "advisory",
        config: {
            days: {
                type: "integer",
                minimum: 1,
                default: 30,
                description: "How many more days a certificate has to be valid",
            },
        },
    },
    {
        resource: (domain, report, { days }) => {
            const certificate = domain.kind === "domain" ? domain.inputs.certificate : undefined;
            if (certificate === undefined || certificate === "acme" || certificate.publicCertificates === undefined)
                return;
            const [first] = describeAll(certificate.publicCertificates).sort(
                (one, other) => one.expires.getTime() - other.expires.getTime(),
            );
            const left = first && Math.floor((first.expires.getTime() - Date.now()) / dayMs);
            if (first === undefined || left === undefined || left >= days) return;
            report(domain, {
                finding: `A certificate of ${domain.name}, issued by ${first.issuer}, ends on ${first.expires.toISOString().slice(0, 10)}, in ${left} days`,
                why: "browsers refuse the site from then on",
                fix: 'declare the renewed certificate, or certificate: "acme" to have the platform renew it',
                allow: left >= 1 ? { days: left } : undefined,
            });
        },
    },
);
