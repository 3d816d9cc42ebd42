import {
    type EnvironmentBlock,
    fileEditsSchema,
    ipRestrictionSchema,
    isIpRestriction,
    originHostSchema,
    originNameSchema,
    originPorts,
    type Proxy,
    refuseOddHost,
} from "section-model";
import { z } from "zod";
import { familyOf } from "../catalogue/stacks";
import {
    getBlock,
    getProxyChain,
    patchBlock,
    setEgress,
    setIpRestrictions,
    setStack,
    validateFiles,
} from "../service/configuration";
import { type Egress, type EgressOrigin, egressOfBlock } from "../service/egress";
import { patchLimits } from "../service/json-patch";
import { environmentHref } from "./href";
import { contentLimits } from "./json-body";
import { jsonPatchSchema } from "./json-patch";
import { atEnvironment, environmentParams, placeOfEnvironment, stackNameField } from "./parameters";
import { defineRoute } from "./route";
import { named, shownAs, shownEdits } from "./schema-definitions";

type Params = z.infer<typeof environmentParams>;

function chainToWire(
    chain: Proxy[],
    { accountId, applicationId, environmentName }: Params,
): z.infer<typeof chainAnswer> {
    return chain.map(({ name, image }) => ({
        name,
        image,
        href: `${environmentHref(accountId, applicationId, environmentName)}/proxy/${name}`,
        proxyType: { name: familyOf(image), prefix: familyOf(image) },
    }));
}

const chainAnswer = z.array(
    named(
        "Proxy",
        z.strictObject({
            name: z.string(),
            image: z.string(),
            href: z.string(),
            proxyType: named("ProxyType", z.strictObject({ name: z.string(), prefix: z.string() })),
        }),
    ),
);

const verdictAnswer = named(
    "Verdict",
    z.strictObject({
        valid: z.boolean(),
        lines: z.array(z.string()),
        problems: z.array(
            z.strictObject({
                path: z.string(),
                line: z.int().optional(),
                column: z.int().optional(),
                message: z.string(),
            }),
        ),
        proxychain: z.array(z.strictObject({ name: z.string(), image: z.string() })),
    }),
);

/** A block of section.config.json: the author of the file decides its content. */
const blockAnswer = named("EnvironmentConfiguration", z.looseObject({}));

const portSchema = z.literal(originPorts);
const headerName = z
    .string()
    .min(1)
    .max(256)
    .regex(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/, "must be a header name");

const egressOriginSchema = named(
    "EgressOrigin",
    z.strictObject({
        address: originHostSchema,
        http_port: portSchema.optional(),
        https_port: portSchema.optional(),
        host_header: originHostSchema.optional(),
        disable_keepalive: z.boolean().optional(),
        keepalive_seconds: z.int().min(1).max(240).optional(),
        tls_name: originHostSchema.optional(),
    } satisfies Record<keyof EgressOrigin, z.ZodType>),
);

/** The egress as the file has it: a push may have given origins any names. */
const egressAnswer = named(
    "Egress",
    z.strictObject({
        origins: named("EgressOrigins", z.object({ default: egressOriginSchema }).catchall(egressOriginSchema)),
        remove_request_headers: z.array(headerName).min(1).max(50).optional(),
        enable_sni: z.boolean().optional(),
        upstream_response_timeout_seconds: z.int().min(1).max(600).optional(),
        verify_certificate: z.boolean().optional(),
        proxy_acme_challenge: z.boolean().optional(),
    } satisfies Record<keyof Egress, z.ZodType>),
);

const egressSchema = egressAnswer
    .refine(({ origins }) => Object.keys(origins).every((name) => originNameSchema.safeParse(name).success), {
        path: ["origins"],
        error: "have names of 1 to 50 letters, digits, dashes and underscores",
    })
    .superRefine(({ origins }, { addIssue }) => {
        for (const [name, origin] of Object.entries(origins))
            for (const key of ["address", "host_header", "tls_name"] as const) {
                const reason = origin[key] === undefined ? undefined : refuseOddHost(origin[key]);
                if (reason !== undefined) addIssue({ code: "custom", path: ["origins", name, key], message: reason });
            }
    });

/**
 * The addresses of a block; a push may have brought others than IPv4, which restrict nothing and are no addresses to
 * v1.
 */
function restrictionsOf({ ip_blacklist: listed = [] }: EnvironmentBlock): z.infer<typeof ipRestrictionsSchema> {
    return { ip_blacklist: listed.filter(isIpRestriction) };
}

const ipRestrictionsSchema = named(
    "IpRestrictions",
    z.looseObject({ ip_blacklist: z.array(ipRestrictionSchema).max(10_000) }),
);

export const configurationRoutes = [
    defineRoute({
        operation: "egressGet",
        method: "GET",
        path: `${atEnvironment}/egress`,
        summary: "Where an environment's requests go",
        access: "member",
        params: environmentParams,
        failures: [],
        answer: egressAnswer,
        handle: async ({ context, member, params }) =>
            egressOfBlock(await getBlock(context, member, placeOfEnvironment(params))),
    }),
    defineRoute({
        operation: "egressPost",
        method: "POST",
        path: `${atEnvironment}/egress`,
        summary: "Replace where an environment's requests go, as one commit of the caller",
        access: ["admin"],
        params: environmentParams,
        body: egressSchema,
        bodyLimits: { values: 5_000 },
        failures: ["push-refused"],
        answer: egressAnswer,
        handle: async ({ context, member, params, body }) =>
            egressOfBlock(await setEgress(context, member, placeOfEnvironment(params), body)),
    }),
    defineRoute({
        operation: "environmentIpRestrictionsGet",
        method: "GET",
        path: `${atEnvironment}/ipRestrictions`,
        summary: "The addresses whose requests are refused",
        access: "member",
        params: environmentParams,
        failures: [],
        answer: ipRestrictionsSchema,
        handle: async ({ context, member, params }) =>
            restrictionsOf(await getBlock(context, member, placeOfEnvironment(params))),
    }),
    defineRoute({
        operation: "environmentIpRestrictionsPost",
        method: "POST",
        path: `${atEnvironment}/ipRestrictions`,
        summary: "Replace the addresses whose requests are refused, as one commit of the caller",
        access: ["admin", "restrictions-editor"],
        params: environmentParams,
        body: ipRestrictionsSchema,
        failures: ["push-refused"],
        answer: ipRestrictionsSchema,
        handle: async ({ context, member, params, body }) =>
            restrictionsOf(await setIpRestrictions(context, member, placeOfEnvironment(params), body.ip_blacklist)),
    }),
    defineRoute({
        operation: "environmentConfigurationGet",
        method: "GET",
        path: `${atEnvironment}/configuration`,
        summary: "The block of an environment in section.config.json",
        access: "member",
        params: environmentParams,
        failures: [],
        answer: blockAnswer,
        handle: ({ context, member, params }) => getBlock(context, member, placeOfEnvironment(params)),
    }),
    defineRoute({
        operation: "patchConfiguration",
        method: "PATCH",
        path: `${atEnvironment}/configuration`,
        summary: "Apply a JSON Patch to the block of an environment, as one commit of the caller",
        access: ["admin"],
        params: environmentParams,
        body: jsonPatchSchema,
        bodyLimits: patchLimits,
        failures: ["push-refused"],
        answer: blockAnswer,
        handle: ({ context, member, params, body }) => patchBlock(context, member, placeOfEnvironment(params), body),
    }),
    defineRoute({
        operation: "environmentStackGet",
        method: "GET",
        path: `${atEnvironment}/stack`,
        summary: "The proxies that requests pass, in order",
        access: "member",
        params: environmentParams,
        failures: [],
        answer: chainAnswer,
        handle: async ({ context, member, params }) =>
            chainToWire(await getProxyChain(context, member, placeOfEnvironment(params)), params),
    }),
    defineRoute({
        operation: "environmentStackPost",
        method: "POST",
        path: `${atEnvironment}/stack`,
        summary: "Give an environment the proxy chain of a stack, as one commit of the caller",
        access: ["admin"],
        params: environmentParams,
        body: z.strictObject({ stackName: stackNameField }),
        failures: ["unknown-stack", "push-refused"],
        extension: "environment.stack",
        answer: chainAnswer,
        handle: async ({ context, member, params, body }) =>
            chainToWire(await setStack(context, member, placeOfEnvironment(params), body.stackName), params),
    }),
    defineRoute({
        operation: "environmentValidate",
        method: "POST",
        path: `${atEnvironment}/validate`,
        summary: "What a push of an environment with these files would answer; nothing is written",
        access: "member",
        params: environmentParams,
        bodyLimits: contentLimits,
        body: z.strictObject({ files: shownAs(fileEditsSchema, shownEdits) }),
        failures: [],
        extension: "environment.validate",
        answer: verdictAnswer,
        handle: async ({ context, member, params, body }) => {
            const verdict = await validateFiles(context, member, placeOfEnvironment(params), body.files);
            return { valid: verdict.problems.length === 0, ...verdict };
        },
    }),
];
