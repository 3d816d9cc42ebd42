import { z } from "zod";
import { isEnvironmentEngaged, type LiveState, verifyDomain, verifyDomains } from "../service/live-state";
import { accountDomainParams, applicationParams, environmentParams } from "./parameters";
import { defineRoute, type WireContext } from "./route";
import { extended, named } from "./schema-definitions";

const unanswered = extended("domain.engaged", z.record(z.string(), z.string()));
const engagedAnswer = named("EnvironmentEngaged", z.strictObject({ is_engaged: z.boolean(), unanswered }));
const domainsAnswer = named("DomainEngaged", engagedAnswer.extend({ hostnames: z.record(z.string(), z.boolean()) }));

/**
 * Live when any of the domains is. A domain that the DNS gave no clear answer about keeps its state, and is named with
 * the reason.
 */
function engagedToWire(states: readonly LiveState[], { extensions }: WireContext): z.infer<typeof engagedAnswer> {
    const unanswered = states.flatMap((state) =>
        state.unanswered === undefined ? [] : [[state.hostname, state.unanswered]],
    );
    return {
        is_engaged: states.some(({ engaged }) => engaged),
        ...(extensions && unanswered.length > 0 && { unanswered: Object.fromEntries(unanswered) }),
    };
}

function domainsToWire(states: readonly LiveState[], wire: WireContext): z.infer<typeof domainsAnswer> {
    return {
        ...engagedToWire(states, wire),
        hostnames: Object.fromEntries(states.map(({ hostname, engaged }) => [hostname, engaged])),
    };
}

const atApplication = "/account/:accountId/application/:applicationId";

export const liveStateRoutes = [
    defineRoute({
        operation: "applicationVerifyEngaged",
        method: "GET",
        path: `${atApplication}/verifyEngaged`,
        summary: "Ask the DNS now whether any domain of an application is live",
        access: "member",
        params: applicationParams,
        failures: ["too-many-domains"],
        answer: domainsAnswer,
        handle: async ({ context, member, params, wire }) =>
            domainsToWire(await verifyDomains(context, member, params.applicationId), wire),
    }),
    defineRoute({
        operation: "environmentVerifyEngaged",
        method: "GET",
        path: `${atApplication}/environment/:environmentName/verifyEngaged`,
        summary: "Ask the DNS now whether any domain of an environment is live",
        access: "member",
        params: environmentParams,
        failures: ["too-many-domains"],
        answer: engagedAnswer,
        handle: async ({ context, member, params, wire }) =>
            engagedToWire(await verifyDomains(context, member, params.applicationId, params.environmentName), wire),
    }),
    defineRoute({
        operation: "environmentFetchEngaged",
        method: "GET",
        path: `${atApplication}/environment/:environmentName/engaged`,
        summary: "Whether any domain of an environment was live when last verified",
        access: "member",
        params: environmentParams,
        failures: [],
        answer: engagedAnswer,
        handle: async ({ context, member, params }) => ({
            is_engaged: await isEnvironmentEngaged(context, member, params.applicationId, params.environmentName),
        }),
    }),
    defineRoute({
        operation: "verifyEngaged",
        method: "GET",
        path: "/account/:accountId/domain/:hostName/verifyEngaged",
        summary: "Ask the DNS now whether a domain is live",
        access: "member",
        twoFactorExempt: true,
        params: accountDomainParams,
        failures: [],
        answer: domainsAnswer,
        handle: async ({ context, member, params, wire }) =>
            domainsToWire([await verifyDomain(context, member, params.hostName)], wire),
    }),
];
