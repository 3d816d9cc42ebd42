import { z } from "zod";
import { addDomainWithCertificate } from "../service/certificates";
import { removeDomain, verifyDomain } from "../service/domains";
import { pemSchema } from "./certificates";
import { environmentToWire } from "./environments";
import { accountDomainParams, domainParams } from "./parameters";
import { defineRoute } from "./route";

const atDomain = "/account/:accountId/application/:applicationId/environment/:environmentName/domain/:hostName";

export const domainRoutes = [
    defineRoute({
        operation: "environmentAddDomain",
        method: "POST",
        path: atDomain,
        summary: "Attach a hostname to an environment, with its certificate where it brings one",
        access: ["admin"],
        params: domainParams,
        body: z.object({ public_certificates: pemSchema, private_key: pemSchema }),
        failures: ["domain-elsewhere", "certificate-refused"],
        handle: async ({ context, member, params, body, wire }) => {
            const place = { applicationId: params.applicationId, environmentName: params.environmentName, hostname: params.hostName };
            const certificate = { publicCertificates: body.public_certificates, privateKey: body.private_key };
            return environmentToWire(await addDomainWithCertificate(context, member, place, certificate), wire);
        },
    }),
    defineRoute({
        operation: "environmentRemoveDomain",
        method: "DELETE",
        path: atDomain,
        summary: "Detach a hostname from an environment",
        access: ["admin"],
        params: domainParams,
        failures: ["domain-names-application"],
        handle: async ({ context, member, params, wire }) =>
            environmentToWire(await removeDomain(context, member, params.applicationId, params.environmentName, params.hostName), wire),
    }),
    defineRoute({
        operation: "verifyEngaged",
        method: "GET",
        path: "/account/:accountId/domain/:hostName/verifyEngaged",
        summary: "Ask the DNS now whether a domain is live",
        access: "member",
        params: accountDomainParams,
        failures: [],
        handle: async ({ context, member, params }) => {
            const hostnames = await verifyDomain(context, member, params.hostName);
            return { is_engaged: Object.values(hostnames).every(Boolean), hostnames };
        },
    }),
];
