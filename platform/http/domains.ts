import { z } from "zod";
import { addDomainWithCertificate } from "../service/certificates";
import { moveDomain, removeDomain } from "../service/domains";
import { keySchema, pemSchema } from "./certificates";
import { claimField, claimQuery } from "./claims";
import { environmentAnswer, environmentToWire } from "./environments";
import { placeToTakeFrom, takesFromField } from "./hand-over";
import { domainParams } from "./parameters";
import { defineRoute } from "./route";
import { extended } from "./schema-definitions";

type Params = z.infer<typeof domainParams>;

const placeOf = ({ applicationId, environmentName }: Params) => ({ applicationId, environment: environmentName });

const aloneField = extended("domain.alone", z.literal("alone"));

const atDomain = "/account/:accountId/application/:applicationId/environment/:environmentName/domain/:hostName";

export const domainRoutes = [
    defineRoute({
        operation: "environmentAddDomain",
        method: "POST",
        path: atDomain,
        summary: "Attach a hostname to an environment, with a certificate if the request has one",
        access: ["admin"],
        twoFactorExempt: true,
        params: domainParams,
        query: z.object({ domain: aloneField }),
        body: z.object({
            public_certificates: pemSchema,
            private_key: keySchema,
            claim: claimField,
            takes_from: takesFromField,
        }),
        // the account that a hostname is taken from may ask for a second factor
        failures: ["domain-elsewhere", "certificate-refused", "shared-by-root", "claim-held", "second-factor"],
        answer: environmentAnswer,
        handle: async ({ context, member, params, query, body, wire }) => {
            const { public_certificates: publicCertificates, private_key: privateKey, claim, takes_from } = body;
            const takesFrom = placeToTakeFrom(takes_from);
            const request = { publicCertificates, privateKey, claim, takesFrom, isAlone: query.domain === "alone" };
            return environmentToWire(
                await addDomainWithCertificate(context, member, placeOf(params), params.hostName, request),
                wire,
            );
        },
    }),
    defineRoute({
        operation: "environmentRemoveDomain",
        method: "DELETE",
        path: atDomain,
        summary: "Detach a hostname from an environment",
        access: ["admin"],
        twoFactorExempt: true,
        params: domainParams,
        query: claimQuery.extend({ domain: aloneField }),
        failures: ["domain-not-attached", "domain-names-application", "shared-by-root", "claim-held"],
        answer: environmentAnswer,
        handle: async ({ context, member, params, query: { claim, domain }, wire }) =>
            environmentToWire(
                await removeDomain(context, member, placeOf(params), params.hostName, {
                    claim,
                    isAlone: domain === "alone",
                }),
                wire,
            ),
    }),
    defineRoute({
        operation: "domainMove",
        method: "POST",
        path: `${atDomain}/move`,
        summary: "Give a domain to another environment of its application, without a gap",
        access: ["admin"],
        params: domainParams,
        body: z.strictObject({ environment_name: z.string().max(300), claim: claimField }),
        failures: ["domain-names-application", "shared-by-root"],
        extension: "domain.move",
        answer: environmentAnswer,
        handle: async ({ context, member, params, body, wire }) => {
            const { environment_name: to, claim } = body;
            return environmentToWire(
                await moveDomain(context, member, placeOf(params), params.hostName, to, claim),
                wire,
            );
        },
    }),
];
