import { isIPv4 } from "node:net";
import { z } from "zod";
import { findWrongIdn, hasNumberAtEnd, normaliseHostname } from "./hostname";

const address =
    /^(([a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])\.)*([A-Za-z0-9]|[A-Za-z0-9][A-Za-z0-9-]*[A-Za-z0-9])$/;
const headerName = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** The ports that an origin may listen on. */
export const originPorts = [80, 443, 5080, 5443, 8080, 8443] as const;

const portSchema = z.literal(originPorts, { error: `must be one of ${originPorts.join(", ")}` });

/** The address of an origin: a hostname or an IPv4 address. */
export const originHostSchema = z
    .string("must be a hostname or an IPv4 address")
    .min(1, "is empty")
    .max(256, "is longer than 256 characters")
    .regex(address, "must be a hostname or an IPv4 address, without scheme, port or path");

/** A URL, or its beginning or end, as people write it in place of a host. */
const urlText = /^(?:([a-z][a-z0-9+.-]*):\/\/)?([^\s/:]+)(?::(\d+))?(?:\/\S*)?$/i;
const httpsPorts: readonly number[] = [443, 5443, 8443];

/** The reason to refuse a text that is more than a host, with the right text. */
function refuseUrl(text: string): string {
    const [, scheme, host, digits] = urlText.exec(text) ?? [];
    const plain = "must be a hostname or an IPv4 address, without scheme, port or path";
    if (host === undefined) return plain;
    if (digits === undefined) return `${plain}; write "${host}"`;
    const port = Number(digits);
    if (!(originPorts as readonly number[]).includes(port))
        return `${plain}; an origin's port is one of ${originPorts.join(", ")}, and ${port} is none of them`;
    const isHttps = scheme === undefined ? httpsPorts.includes(port) : scheme.toLowerCase() === "https";
    const property = isHttps ? "httpsPort" : "httpPort";
    return `${plain}; a port is a property of an Environment's origin: { address: "${host}", ${property}: ${port} }`;
}

/** The reason to refuse a host that v1's pattern takes and that is none. */
export function refuseOddHost(host: string): string | undefined {
    if (isIPv4(host)) return undefined;
    if (hasNumberAtEnd(host))
        return "is no IPv4 address: it has four numbers from 0 to 255, without zeros before them, such as 192.0.2.10";
    const wrong = findWrongIdn(host);
    return wrong === undefined ? undefined : `has the label "${wrong}", which stands for no name in other letters`;
}

/** The address of an origin in a request; the files of old sites may have others. */
export const soundOriginHostSchema = originHostSchema.superRefine((host, context) => {
    const reason = refuseOddHost(host);
    if (reason !== undefined) context.addIssue({ code: "custom", message: reason });
});

/** The same as a user may declare it: IDN becomes ASCII, as in hostnames. Other texts stay as they are. */
export const originHostInputSchema = z
    .string("must be a hostname or an IPv4 address")
    .min(1, "is empty")
    .regex(/^[^\s/:]*$/, { error: ({ input }) => refuseUrl(String(input)) })
    .transform((text, context) => {
        const host = /^\p{ASCII}*$/u.test(text) ? text : normaliseHostname(text);
        const reason = refuseOddHost(host);
        if (reason === undefined) return host;
        context.addIssue({ code: "custom", message: reason });
        return z.NEVER;
    })
    .pipe(originHostSchema);

const seconds = (least: number, most: number) => {
    const reason = `must be a whole number of seconds from ${least} to ${most}`;
    return z.int(reason).min(least, reason).max(most, reason);
};

const originShape = <Host extends z.ZodType>(host: Host) => ({
    address: host,
    /** Default 80. */
    httpPort: portSchema.optional(),
    /** Default 443. */
    httpsPort: portSchema.optional(),
    /** Sent to the origin in place of the visitor's Host header. */
    hostHeader: host.optional(),
    /** The name to send as SNI and to verify. Default: the host header. */
    tlsName: host.optional(),
    enableSni: z.boolean("must be true or false").optional(),
    verifyCertificate: z.boolean("must be true or false").optional(),
    /** Default 120. */
    upstreamResponseTimeoutSeconds: seconds(1, 600).optional(),
    keepaliveSeconds: seconds(1, 240).optional(),
    disableKeepalive: z.boolean("must be true or false").optional(),
    removeRequestHeaders: z
        .array(z.string().max(256).regex(headerName, "must be a header name"))
        .min(1)
        .max(50)
        .optional(),
    proxyAcmeChallenge: z.boolean("must be true or false").optional(),
});

/** The server behind the platform, with every property that section.config.json has. */
export const originSchema = z.strictObject(originShape(originHostSchema));

export type Origin = z.infer<typeof originSchema>;

/**
 * Property of an origin -> its name in section.config.json and in v1, in the order in which the platform writes them.
 */
export const originKeys = {
    address: "address",
    httpPort: "http_port",
    httpsPort: "https_port",
    hostHeader: "host_header",
    tlsName: "tls_name",
    enableSni: "enable_sni",
    verifyCertificate: "verify_certificate",
    upstreamResponseTimeoutSeconds: "upstream_response_timeout_seconds",
    keepaliveSeconds: "keepalive_seconds",
    disableKeepalive: "disable_keepalive",
    removeRequestHeaders: "remove_request_headers",
    proxyAcmeChallenge: "proxy_acme_challenge",
} as const satisfies Record<keyof Origin, string>;

/** An origin with the names of section.config.json and v1. */
export type NamedOrigin = { [Key in keyof Origin as (typeof originKeys)[Key]]: Origin[Key] };

/** An origin as a user may declare it with all its properties. */
export const originObjectSchema = z.strictObject(originShape(originHostInputSchema));

/** An origin as a user may declare it: all its properties, or its address only. */
export const originInputSchema = z.preprocess(
    (value) => (typeof value === "string" ? { address: value } : value),
    originObjectSchema,
);

/** The name of an alternate origin, chosen by the request header `section-origin`. */
export const originNameSchema = z
    .string()
    .regex(/^[_0-9A-Za-z-]{1,50}$/, "must be 1 to 50 letters, digits, dashes and underscores");
