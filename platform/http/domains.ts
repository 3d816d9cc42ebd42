import { z } from "zod";
import { addDomainWithCertificate } from "../service/certificates";
import { moveDomain, removeDomain } from "../service/domains";
import { keySchema, pemSchema } from "./certificates";
import { environmentAnswer, environmentToWire } from "./environments";
import { domainParams, placeToTakeFrom, takesFromField } from "./parameters";
import { defineRoute } from "./route";

type Params = z.infer<typeof domainParams>;

const placeOf = ({ applicationId, environmentName }: Params) => ({ applicationId, environment: environmentName });

const atDomain = "/account/:accountId/application/:applicationId/environment/:environmentName/domain/:hostName";

export const domainRoutes = [
    defineRoute({
        operation: "environmentAddDomain",
        method: "POST",
        path: atDomain,
        summary: "Attach a hostname to an environment, with its certificate where it brings one",
        access: ["admin"],
        twoFactorExempt: true,
        params: domainParams,
        body: z.object({ public_certificates: pemSchema, private_key: keySchema, takes_from: takesFromField }),
        // the account that a hostname is taken from may ask for a second factor
        failures: ["domain-elsewhere", "certificate-refused", "shared-by-root", "second-factor"],
        answer: environmentAnswer,
        handle: async ({ context, member, params, body, wire }) => {
            const { public_certificates: publicCertificates, private_key: privateKey, takes_from } = body;
            const request = { publicCertificates, privateKey, takesFrom: placeToTakeFrom(takes_from, wire) };
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
        failures: ["domain-names-application", "shared-by-root"],
        answer: environmentAnswer,
        handle: async ({ context, member, params, wire }) =>
            environmentToWire(await removeDomain(context, member, placeOf(params), params.hostName), wire),
    }),
    defineRoute({
        operation: "domainMove",
        method: "POST",
        path: `${atDomain}/move`,
        summary: "Give a domain to another environment of its application, without a gap",
        access: ["admin"],
        params: domainParams,
        body: z.strictObject({ environment_name: z.string().max(300) }),
        failures: ["domain-names-application", "shared-by-root"],
        extension: "domain.move",
        answer: environmentAnswer,
        handle: async ({ context, member, params, body, wire }) =>
            environmentToWire(
                await moveDomain(context, member, placeOf(params), params.hostName, body.environment_name),
                wire,
            ),
    }),
];
