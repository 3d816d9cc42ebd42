import { z } from "zod";
import { discoverOrigin, type OriginDiscovery } from "../service/origins";
import { defineRoute } from "./route";
import { named } from "./schema-definitions";

const originAnswer = named(
    "Origin",
    z.strictObject({
        hostname: z.string(),
        hostname_bare: z.boolean(),
        hostname_duplicate: z.boolean(),
        origin_detected: z.boolean(),
        origin: z.string(),
        origin_fixed: z.boolean(),
        origin_lookup: z.string(),
        origin_multiple: z.boolean(),
        origin_hint: z.string(),
        thirdparty_detected: z.boolean(),
        thirdparty_name: z.string(),
        origin_app_name: z.string(),
    }),
);

function originToWire({
    hostname,
    isApex,
    isTaken,
    endpoint,
    isFixed,
    addresses,
    thirdParty,
    hint,
    ownApplication,
}: OriginDiscovery): z.infer<typeof originAnswer> {
    return {
        hostname,
        hostname_bare: isApex,
        hostname_duplicate: isTaken,
        origin_detected: endpoint !== undefined,
        origin: endpoint ?? "",
        origin_fixed: isFixed,
        origin_lookup: addresses[0] ?? "",
        origin_multiple: addresses.length > 1,
        origin_hint: hint,
        thirdparty_detected: thirdParty !== undefined,
        thirdparty_name: thirdParty ?? "",
        origin_app_name: ownApplication ?? "",
    };
}

export const originRoutes = [
    defineRoute({
        operation: "resolveGet",
        method: "GET",
        path: "/origin",
        summary: "What the DNS and the platform know of a hostname",
        access: "user",
        query: z.object({ hostName: z.string("is missing; write ?hostName=www.acme.example").max(1000) }),
        failures: [],
        answer: originAnswer,
        handle: async ({ context, caller, query }) =>
            originToWire(await discoverOrigin(context, caller, query.hostName)),
    }),
];
