import { coversHostname, describeCertificate, readPem } from "section-model";
import { z } from "zod";
import { renewCertificate } from "../service/certificate-renewal";
import { getHttps, type HttpsView, setHttps } from "../service/certificates";
import { instantField } from "./fields";
import { accountDomainParams } from "./parameters";
import { defineRoute, type WireContext } from "./route";
import { extended, named, noted } from "./schema-definitions";

const pemText = z.string("must be PEM text").max(200_000, "is too long for PEM text");

/** A certificate chain as text. */
export const pemSchema = pemText.optional();

/** A private key as text. */
export const keySchema = noted(pemText.optional(), { "x-swagger-section-sensitive": true });

const certificateTypeSchema = z.enum(["letsencrypt", "custom"], "must be letsencrypt or custom");

const httpsSchema = named(
    "HttpsSetConfiguration",
    z.object({
        type: certificateTypeSchema.optional(),
        verify_only: z.boolean("must be true or false").optional(),
        public_certificates: pemSchema,
        private_key: keySchema,
    }),
);

const httpsAnswer = named(
    "HttpsConfiguration",
    z.strictObject({
        type: certificateTypeSchema,
        configured: z.boolean(),
        common_name: z.string().optional(),
        alternate_names: z.array(z.string()),
        issuer: z.string().optional(),
        expires: instantField.optional(),
        certificates: z.array(z.string()),
        hpkp_fingerprint: z.string().optional(),
        hostname_valid: z.boolean(),
        renew_from: extended("domain.certificate", instantField),
        pending: extended("domain.certificate", z.boolean()),
        last_error: extended("domain.certificate", z.string()),
    }),
);

const renewalAnswer = named(
    "CertificateRenewal",
    z.strictObject({ issued: z.boolean(), message: z.string(), expiry: instantField, renewFrom: instantField }),
);

/** A hostname's HTTPS as v1 shows it; with the state of its order when extensions are on. The key is never shown. */
export function httpsToWire(
    { hostname, certificate, order }: HttpsView,
    { extensions }: WireContext,
): z.infer<typeof httpsAnswer> {
    const certificates = readPem(certificate?.chain ?? "").blocks.map(({ text }) => text);
    const details = certificates[0] === undefined ? undefined : describeCertificate(certificates[0]);
    const alternateNames = details?.alternateNames ?? [];
    return {
        type: certificate?.type ?? "letsencrypt",
        configured: details !== undefined,
        ...(details && {
            common_name: details.commonName ?? alternateNames[0],
            issuer: details.issuer,
            expires: details.expires.toISOString(),
            hpkp_fingerprint: details.publicKeyPin,
        }),
        alternate_names: alternateNames,
        certificates,
        hostname_valid: coversHostname(alternateNames, hostname),
        ...(extensions && {
            ...(certificate?.renew_from && { renew_from: certificate.renew_from.toISOString() }),
            pending: order !== undefined && order.due_at !== null,
            ...(order?.last_error && { last_error: order.last_error }),
        }),
    };
}

const atDomain = "/account/:accountId/domain/:hostName";

export const certificateRoutes = [
    defineRoute({
        operation: "httpsGetConfiguration",
        method: "GET",
        path: `${atDomain}/https`,
        summary: "The certificate of a domain",
        access: "member",
        twoFactorExempt: true,
        params: accountDomainParams,
        failures: [],
        answer: httpsAnswer,
        handle: async ({ context, member, params, wire }) =>
            httpsToWire(await getHttps(context, member, params.hostName), wire),
    }),
    defineRoute({
        operation: "postConfiguration",
        method: "POST",
        path: `${atDomain}/https`,
        summary: "Give a domain your own certificate, or have one issued; `verify_only` changes nothing",
        access: ["admin"],
        twoFactorExempt: true,
        params: accountDomainParams,
        body: httpsSchema,
        failures: ["domain-not-attached", "certificate-refused", "domain-not-live", "issuing-off", "issue-failed"],
        listsFailures: "messages",
        answer: httpsAnswer,
        handle: async ({ context, member, params, body, wire }) => {
            const {
                type,
                verify_only: verifyOnly,
                public_certificates: publicCertificates,
                private_key: privateKey,
            } = body;
            return httpsToWire(
                await setHttps(context, member, params.hostName, { type, verifyOnly, publicCertificates, privateKey }),
                wire,
            );
        },
    }),
    defineRoute({
        operation: "renewCertificate",
        method: "POST",
        path: `${atDomain}/renewCertificate`,
        summary: "Issue a domain's certificate anew and wait for it",
        access: ["admin"],
        twoFactorExempt: true,
        params: accountDomainParams,
        failures: ["certificate-custom", "domain-not-live", "issuing-off", "issue-failed"],
        answer: renewalAnswer,
        handle: async ({ context, member, params }) => {
            const { expires, renewFrom, issuedAt, isNew } = await renewCertificate(context, member, params.hostName);
            const message = isNew
                ? "The certificate has been renewed"
                : `The certificate has been renewed already, at ${issuedAt.toISOString()}`;
            return { issued: true, message, expiry: expires.toISOString(), renewFrom: renewFrom.toISOString() };
        },
    }),
];
