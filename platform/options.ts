import { emailSchema, isDnsServer, issuesOf, Problem, sectionEdgeDomain } from "section-model";
import { z } from "zod";
import { recordTargetSchema } from "./dns/record-name";
import { type FairUseName, fairUse } from "./fair-use";
import {
    bytesRule as bytes,
    countRule as count,
    flagRule as flag,
    hoursRule as hours,
    listRule as list,
    portRule as port,
    secondsRule as seconds,
} from "./option-rules";
import { isProxy } from "./trusted-proxy";

const fairUseSettings = Object.fromEntries(
    Object.entries(fairUse).map(([name, { most, description }]) => [
        name,
        count(0).default(most).meta({ description }),
    ]),
) as Record<FairUseName, z.ZodDefault<ReturnType<typeof count>>>;

/**
 * Every setting of the platform: its rule, its default and its effect. The command's flags, the environment variables
 * and docs/settings.md are made from it.
 */
export const platformOptionsSchema = z.strictObject({
    dataDir: z.string().min(1).optional().meta({
        flag: "--data-dir <dir>",
        description:
            "The folder with the embedded database, the repositories and the secret key. Commands need one; startPlatform() without one uses a temporary folder",
    }),
    databaseUrl: z
        .string()
        .regex(/^postgres(ql)?:\/\//, "must begin with postgres://")
        .optional()
        .meta({
            flag: "--database-url <url>",
            description:
                "A PostgreSQL server instead of the embedded database. Prefer the variable: other users of the machine can see flags",
        }),
    host: z
        .string()
        .min(1)
        .default("127.0.0.1")
        .meta({ flag: "--host <host>", description: "The address to listen on" }),
    port: port.default(0).meta({ flag: "--port <port>", description: "The port to listen on; 0 takes any free one" }),
    publicUrl: z
        .url({ protocol: /^https?$/, error: "must be an http or https address" })
        .transform((url) => url.replace(/\/+$/, ""))
        .optional()
        .meta({
            flag: "--public-url <url>",
            description: "The address at which clients reach the platform, if it is not http(s)://HOST:PORT",
        }),
    tlsCertFile: z.string().min(1).optional().meta({
        flag: "--tls-cert-file <file>",
        description: "PEM file with the certificate and its chain: HTTPS instead of HTTP. Read again when it changes",
    }),
    tlsKeyFile: z
        .string()
        .min(1)
        .optional()
        .meta({ flag: "--tls-key-file <file>", description: "PEM file with the certificate's private key" }),
    trustProxy: list
        .refine((proxies) => proxies.every(isProxy), "must be addresses, networks such as 10.0.0.0/8, or loopback")
        .optional()
        .meta({
            description:
                "Reverse proxies whose X-Forwarded-For says where a request came from: addresses, networks such as 10.0.0.0/8, `loopback`, `linklocal` or `uniquelocal`. Default: none",
        }),
    edgeDomain: z.string().min(1).default(sectionEdgeDomain).meta({
        description:
            "The platform answers for a site at HOSTNAME.EDGEDOMAIN. Unless it is set, DNS records point to Section's edge",
    }),
    extensions: flag.default(true).meta({ description: "false turns all extensions off: pure v1" }),
    proxyOperationLimit: count(1).default(1000).meta({
        description: "Operations, such as cache bans, that the log of an environment's proxies keeps; older ones go",
    }),
    dnsServers: list
        .refine((servers) => servers.every(isDnsServer), "must be IP addresses, such as 192.0.2.53 or 192.0.2.53:5353")
        .optional()
        .meta({ description: "Servers to ask for DNS records, as address or address:port. Default: the system's" }),
    mailDir: z.string().min(1).optional().meta({
        description:
            "The folder into which mails to people are written, for a mailer to send. Default: `mail` in the data folder",
    }),
    mailFrom: emailSchema
        .optional()
        .meta({ description: "The address that mails are from. Default: no-reply at the host of the public URL" }),
    registration: flag.default(false).meta({
        description:
            "true: strangers can become users without an invitation, once they have verified their e-mail address",
    }),
    acmeDirectory: z
        .url({ protocol: /^https$/, error: "must be an https address" })
        .optional()
        .meta({
            description:
                "The ACME directory of the authority that issues certificates; naming one accepts its terms. Without one, no certificates are issued",
        }),
    acmeContact: list.optional().meta({ description: "E-mail addresses that the authority writes to" }),
    acmeCaFile: z.string().min(1).optional().meta({
        description:
            "A PEM file with the authority that signed the directory's own certificate, if that authority is private",
    }),
    acmeExternalKeyId: z
        .string()
        .min(1)
        .optional()
        .meta({ description: "The id of an account that the authority knows already" }),
    acmeExternalKeyFile: z
        .string()
        .min(1)
        .optional()
        .meta({ description: "The file with that account's MAC key (base64url)" }),
    certificateTriesPerHour: count(0).default(60).meta({
        description:
            "Certificates that an account may ask for within an hour for hostnames whose DNS does not lead here yet; an authority counts those that it cannot validate. 0 is no limit",
    }),
    varnishd: z.string().min(1).optional().meta({
        description:
            "The path of varnishd, which compiles the VCL of a push. VCL that does not compile is refused if varnishd has the version of the image; otherwise it is a warning. Without varnishd VCL is read statement by statement",
    }),
    edgeAddresses: list
        .pipe(z.array(z.ipv4("must be IPv4 addresses")))
        .optional()
        .meta({
            description: "IPv4 addresses of the edge. Default: those of the name below `edgeDomain` that each site has",
        }),
    nameServers: list
        .pipe(z.array(recordTargetSchema).min(1, "must name at least one server"))
        .optional()
        .meta({ description: "Name servers of hosted DNS zones. Default: ns1 and ns2 below `edgeDomain`" }),
    verifyEveryHours: hours
        .default(24)
        .meta({ description: "Hours between two checks of the DNS of every domain in the background; 0 never" }),
    maxBodyBytes: bytes()
        .default(10 * 1024 * 1024)
        .meta({ description: "Largest body with the content of files; other JSON bodies have at most 1 MiB" }),
    maxPackBytes: bytes()
        .default(200 * 1024 * 1024)
        .meta({ description: "Largest push" }),
    maxUnpackedBytes: bytes()
        .default(8 * 1024 * 1024 * 1024)
        .meta({ description: "Largest push, once its objects are unpacked" }),
    allowProductionRewrite: flag.default(false).meta({
        description: "true: a push may rewrite the history of Production, such as to take a secret out of it",
    }),
    maxPayloadBytes: bytes()
        .default(1024 * 1024 * 1024)
        .meta({ description: "Largest upload of an application's code" }),
    maxUploads: count(1).default(32).meta({
        description: "Uploads of an application's code at the same time, slow clients included; more wait",
    }),
    maxAccountUploads: count(0).default(16).meta({
        description: "The same by admins of one account; 0 is no limit. Eight times as many may wait, more get 503",
    }),
    maxUserUploads: count(0)
        .default(8)
        .meta({ description: "The same of one user; 0 is no limit. Eight times as many may wait, more get 503" }),
    maxRequests: count(1).default(1000).meta({
        description:
            "Requests answered at the same time. If there are more, users and addresses that already have their share get 503",
    }),
    maxUserRequests: count(0).default(4).meta({
        description:
            "Requests of one user that are worked on at the same time while other users ask as well. Further ones wait, and requests of others pass them. 0 is no limit",
    }),
    housekeepingSeconds: count(0)
        .default(60)
        .meta({ description: "Seconds between two tidyings of the repositories that were written to; 0 never" }),
    maxGitChildren: count(1)
        .optional()
        .meta({ description: "git processes at the same time; more wait. Default: two per core" }),
    maxGitRequests: count(1).default(128).meta({
        description: "Fetches and pushes at the same time, slow clients included; more wait",
    }),
    maxAccountGitRequests: count(0)
        .default(32)
        .meta({ description: "The same in one account; 0 is no limit. Eight times as many may wait, more get 503" }),
    maxUserGitRequests: count(0)
        .default(16)
        .meta({ description: "The same of one user; 0 is no limit. Eight times as many may wait, more get 503" }),
    gitPaceSeconds: seconds.default(30).meta({
        description: "A fetch or push ends if its client sends or takes less than `gitPaceBytes` in this time; 0 never",
    }),
    gitPaceBytes: count(1)
        .default(16 * 1024)
        .meta({ description: "The bytes that the client of a fetch or push sends or takes in `gitPaceSeconds`" }),
    maxEventLoopDelayMs: count(0).default(1000).meta({
        description: "How late the process may be, four times in a row, before requests get 503; 0 is no limit",
    }),
    ...fairUseSettings,
    maxAddressConnections: count(0).default(500).meta({
        description:
            "Connections of one address (IPv6: of one /64) on which the platform waits for a request. When there are more, the one that it has waited for longest is closed. Those of `trustProxy` do not count; 0 is no limit",
    }),
    headTimeoutSeconds: seconds
        .default(20)
        .meta({ description: "How long a client may take to send the head of a request" }),
    bodyTimeoutSeconds: seconds
        .default(60)
        .meta({ description: "How long a client may take to send a JSON body; pushes have an hour" }),
    bodyPaceSeconds: seconds.default(20).meta({
        description:
            "A request or upload ends if its client sends, or takes of the answer, less than `bodyPaceBytes` in this time; 0 never",
    }),
    bodyPaceBytes: count(1)
        .default(4096)
        .meta({ description: "The bytes that a client sends or takes in `bodyPaceSeconds`" }),
    drainSeconds: seconds.default(3).meta({
        description:
            "After SIGTERM, how long requests are still accepted while /readyz answers 503. Skipped when nobody has asked /readyz",
    }),
    closeSeconds: seconds
        .default(25)
        .meta({ description: "After that, how long requests that have begun may take before they are cut off" }),
    slowRequestMs: count(1)
        .default(2000)
        .meta({ description: "Requests that take longer are logged as warnings with `slow`" }),
    logLevel: z.enum(["silent", "fatal", "error", "warn", "info", "debug"]).default("silent").meta({
        flag: "--log-level <level>",
        description: "What the log on stderr shows. The default of the command is info",
    }),
    logFormat: z
        .enum(["json", "logfmt"])
        .default("json")
        .meta({ description: "json: one document in each line; logfmt: key=value, for people" }),
});

export type PlatformOptions = z.input<typeof platformOptionsSchema>;
export type PlatformSettings = z.output<typeof platformOptionsSchema>;

const special: Partial<Record<keyof PlatformOptions, string>> = { databaseUrl: "DATABASE_URL" };
/** How variables of the platform begin. */
export const variablePrefix = "SECTION_PLATFORM_";

/** The environment variable of a setting: `dataDir` -> `SECTION_PLATFORM_DATA_DIR`. */
export function variableOf(name: keyof PlatformOptions): string {
    return special[name] ?? `${variablePrefix}${name.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}

export interface Setting {
    name: keyof PlatformOptions;
    variable: string;
    /** As commander writes it; without one there is the variable only. */
    flag?: string;
    defaultValue?: unknown;
    description: string;
}

/** The settings as a table, in the order of the schema. */
export const settings: readonly Setting[] = Object.entries(platformOptionsSchema.shape).map(([key, schema]) => {
    const name = key as keyof PlatformOptions;
    const { flag: commandFlag, description = "" } = schema.meta() ?? {};
    const defaultValue = schema instanceof z.ZodDefault ? schema.def.defaultValue : undefined;
    return { name, variable: variableOf(name), flag: commandFlag as string | undefined, defaultValue, description };
});

/** Checks options and fills in defaults; all that is wrong is named at once. */
export function readOptions(options: PlatformOptions): PlatformSettings {
    const result = platformOptionsSchema.safeParse(options);
    const reasons = result.success
        ? []
        : issuesOf(result.error).map(
              ({ property, reason }) =>
                  `${property} (${variableOf(property.replace(/\W.*$/, "") as keyof PlatformOptions)}) ${reason}`,
          );
    for (const [one, other] of [
        ["tlsCertFile", "tlsKeyFile"],
        ["tlsKeyFile", "tlsCertFile"],
    ] as const)
        if (options[one] !== undefined && options[other] === undefined)
            reasons.push(`${one} (${variableOf(one)}) needs ${other} (${variableOf(other)}) beside it`);
    if (result.success && reasons.length === 0) return result.data;
    throw new Problem("invalid-input", `the platform's settings are wrong: ${reasons.join("; ")}`, {
        remedy: "Correct the named settings",
    });
}
