import { isIP } from "node:net";
import { emailSchema, issuesOf, Problem, recordTargetSchema } from "section-model";
import { z } from "zod";

const port = z.coerce.number("must be a port number").int().min(0).max(65_535);
const count = (least: number) => z.coerce.number("must be a whole number").int("must be a whole number").min(least);
const flag = z.union([z.boolean(), z.enum(["true", "false"], "must be true or false").transform((word) => word === "true")]);
const list = z.union([
    z.array(z.string()),
    z.string().transform((text) =>
        text
            .split(",")
            .map((item) => item.trim())
            .filter((item) => item !== ""),
    ),
]);

function isProxy(text: string): boolean {
    if (["loopback", "linklocal", "uniquelocal"].includes(text)) return true;
    const [address = "", prefix = "32", ...rest] = text.split("/");
    return isIP(address) !== 0 && /^[1-9]\d{0,2}$/.test(prefix) && Number(prefix) <= (isIP(address) === 4 ? 32 : 128) && rest.length === 0;
}

/** Every setting of the platform: its default, its rule, and the environment variable the command reads it from. */
export const platformOptionsSchema = z.strictObject({
    /** The folder with the embedded database and the repositories. Without one the platform is temporary. */
    dataDir: z.string().min(1).optional(),
    /** A PostgreSQL server instead of the embedded database. */
    databaseUrl: z
        .string()
        .regex(/^postgres(ql)?:\/\//, "must begin with postgres://")
        .optional(),
    host: z.string().min(1).default("127.0.0.1"),
    /** 0 takes any free port. */
    port: port.default(0),
    /** How clients reach the platform, when that is not http://HOST:PORT. */
    publicUrl: z
        .url({ protocol: /^https?$/, error: "must be an http or https address" })
        .transform((url) => url.replace(/\/+$/, ""))
        .optional(),
    /** The platform answers for a site at HOSTNAME.EDGEDOMAIN. */
    edgeDomain: z.string().min(1).default("c.section.io"),
    /** false speaks pure v1. */
    extensions: flag.default(true),
    /** Applications an account may have. */
    applicationLimit: count(1).default(1000),
    /** Operations, such as cache bans, that the log of an environment's proxies keeps; older ones go. */
    proxyOperationLimit: count(1).default(1000),
    /** Servers to ask for DNS records, as address or address:port. Default: the system's. */
    dnsServers: list.optional(),
    /** Reverse proxies whose X-Forwarded-For says where a request came from: addresses, networks such as 10.0.0.0/8, or `loopback`. Default: none. */
    trustProxy: list.refine((proxies) => proxies.every(isProxy), "must be addresses, networks such as 10.0.0.0/8, or loopback").optional(),
    /** The folder that mails to people are written to, for a mailer to take away. Default: `mail` in the data folder. */
    mailDir: z.string().min(1).optional(),
    /** The address that mails are from. Default: no-reply at the host of the public URL. */
    mailFrom: emailSchema.optional(),
    /** true lets strangers become users without an invitation, once they have verified their e-mail address. */
    registration: flag.default(false),
    /** The ACME directory of the authority that issues certificates; naming one accepts its terms. Without one none are issued. */
    acmeDirectory: z.url({ protocol: /^https$/, error: "must be an https address" }).optional(),
    /** E-mail addresses that the authority writes to. */
    acmeContact: list.optional(),
    /** A PEM file with the authority that signed the directory's own certificate, where that is a private one. */
    acmeCaFile: z.string().min(1).optional(),
    /** An account that the authority knows already: its id, and the file with its MAC key (base64url). */
    acmeExternalKeyId: z.string().min(1).optional(),
    acmeExternalKeyFile: z.string().min(1).optional(),
    /** IPv4 addresses of the edge. Default: those of the name below `edgeDomain` that each site has. */
    edgeAddresses: list.pipe(z.array(z.ipv4("must be IPv4 addresses"))).optional(),
    /** Name servers of hosted DNS zones. Default: ns1 and ns2 below `edgeDomain`. */
    nameServers: list.pipe(z.array(recordTargetSchema).min(1, "must name at least one server")).optional(),
    /** How often the DNS of every domain is looked at in the background; 0 never. */
    verifyEveryHours: z.coerce.number("must be a number of hours").min(0).max(8760).default(24),
    /** Largest JSON body. */
    maxBodyBytes: count(1024).default(10 * 1024 * 1024),
    /** Largest push. */
    maxPackBytes: count(1024).default(200 * 1024 * 1024),
    /** true lets a push rewrite the history of Production, such as to take a secret out of it. */
    allowProductionRewrite: flag.default(false),
    /** Largest upload of an application's code. */
    maxPayloadBytes: count(1024).default(1024 * 1024 * 1024),
    /** Requests answered at the same time. */
    maxRequests: count(1).default(1000),
    /** Every so many seconds repositories that were written to are tidied; 0 is never. */
    housekeepingSeconds: count(0).default(60),
    /** git processes at the same time. Default: two per core. */
    maxGitChildren: count(1).optional(),
    /** What the log shows, on stderr. */
    logLevel: z.enum(["silent", "fatal", "error", "warn", "info", "debug"]).default("silent"),
});

export type PlatformOptions = z.input<typeof platformOptionsSchema>;
export type PlatformSettings = z.output<typeof platformOptionsSchema>;

const special: Partial<Record<keyof PlatformOptions, string>> = { databaseUrl: "DATABASE_URL" };

/** The environment variable of a setting: `dataDir` -> `SECTION_PLATFORM_DATA_DIR`. */
export function variableOf(name: keyof PlatformOptions): string {
    return special[name] ?? `SECTION_PLATFORM_${name.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}

/** Checks options and fills in defaults; all that is wrong is named at once. */
export function readOptions(options: PlatformOptions): PlatformSettings {
    const result = platformOptionsSchema.safeParse(options);
    if (result.success) return result.data;
    const reasons = issuesOf(result.error).map(({ property, reason }) => `${property} (${variableOf(property as keyof PlatformOptions)}) ${reason}`);
    throw new Problem("invalid-input", `the platform's settings are wrong: ${reasons.join("; ")}`, { remedy: "Correct the named settings" });
}

/** The settings that the environment holds. */
export function optionsFromEnvironment(environment: NodeJS.ProcessEnv): PlatformOptions {
    const names = Object.keys(platformOptionsSchema.shape) as (keyof PlatformOptions)[];
    return Object.fromEntries(names.flatMap((name) => (environment[variableOf(name)] ? [[name, environment[variableOf(name)]]] : []))) as PlatformOptions;
}
