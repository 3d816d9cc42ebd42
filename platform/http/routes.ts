import { z } from "zod";
import { readIdentity } from "../store/identity";
import { platformVersion } from "../version";
import { accountRoutes } from "./accounts";
import { applicationRoutes } from "./applications";
import { billingRoutes } from "./billing";
import { branchContentRoutes } from "./branch-content";
import { catalogueRoutes } from "./catalogue";
import { certificateRoutes } from "./certificates";
import { changeRoutes } from "./changes";
import { claimRoutes } from "./claims";
import { configurationRoutes } from "./configurations";
import { dnsBypassRoutes } from "./dns-bypasses";
import { domainRoutes } from "./domains";
import { environmentRoutes } from "./environments";
import { fileRoutes } from "./files";
import { helpRoutes } from "./help";
import { hostnameRoutes } from "./hostnames";
import { liveStateRoutes } from "./live-state";
import { membershipRoutes } from "./memberships";
import { originRoutes } from "./origins";
import { outagePageRoutes } from "./outage-pages";
import { proxyRoutes } from "./proxies";
import { proxyOperationRoutes } from "./proxy-operations";
import { proxyTemplateRoutes } from "./proxy-templates";
import { registrationRoutes } from "./registrations";
import { defineRoute, type Route } from "./route";
import { named } from "./schema-definitions";
import { tokenRoutes } from "./tokens";
import { twoFactorRoutes } from "./two-factor";
import { userRoutes } from "./users";
import { zoneRoutes } from "./zones";

const nouns: readonly Route[] = [
    ...accountRoutes,
    ...membershipRoutes,
    ...changeRoutes,
    ...claimRoutes,
    ...billingRoutes,
    ...applicationRoutes,
    ...environmentRoutes,
    ...branchContentRoutes,
    ...configurationRoutes,
    ...fileRoutes,
    ...proxyRoutes,
    ...proxyOperationRoutes,
    ...outagePageRoutes,
    ...dnsBypassRoutes,
    ...domainRoutes,
    ...certificateRoutes,
    ...liveStateRoutes,
    ...zoneRoutes,
    ...hostnameRoutes,
    ...catalogueRoutes,
    ...originRoutes,
    ...proxyTemplateRoutes,
    ...helpRoutes,
    ...userRoutes,
    ...twoFactorRoutes,
    ...tokenRoutes,
    ...registrationRoutes,
];

/** Extensions that are parts of v1's own requests and answers rather than routes. */
const fields = [
    "account.deleted",
    "account.graph_detail",
    "error.code",
    "error.limit",
    "member.status",
    "domain.alone",
    "domain.certificate",
    "domain.engaged",
    "domain.take",
    "zone.missed",
    "application.git_url",
    "password.one_time_code",
    "stack.proxychain",
    "member.invited",
    "platform.identity",
];

/** Everything this platform adds to v1, by name. */
export const extensions: readonly string[] = [
    ...new Set([...nouns.flatMap(({ extension }) => extension ?? []), ...fields]),
].sort();

const capabilitiesAnswer = named(
    "Capabilities",
    z.strictObject({
        platform: z.strictObject({ id: z.string(), name: z.string() }),
        software: z.string(),
        version: z.string(),
        edge_domain: z.string(),
        /** The domain of the authority that certificates are ordered from; null where none are issued. */
        certificate_authority: z.string().nullable(),
        /** False for a token of scope `read`. */
        may_write: z.boolean(),
        extensions: z.array(z.string()),
    }),
);

const capabilities = defineRoute({
    operation: "capabilities",
    method: "GET",
    path: "/capabilities",
    summary: "What this platform adds to v1",
    access: "user",
    failures: [],
    extension: "capabilities",
    answer: capabilitiesAnswer,
    handle: async ({ context, wire, caller }) => ({
        platform: { id: await readIdentity(context.store.database), name: new URL(wire.publicUrl).host },
        software: "section-platform",
        version: platformVersion,
        edge_domain: wire.edgeDomain,
        certificate_authority: context.authority?.name ?? null,
        may_write: caller.scope !== "read",
        extensions: [...extensions],
    }),
});

/** The whole API: the router, the access matrix and docs/api.md are made from this table. */
export const allRoutes: readonly Route[] = [...nouns, capabilities];
