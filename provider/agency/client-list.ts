import {
    emailSchema,
    hostnameSchema,
    ipRestrictionSchema,
    liveWaitSchema,
    organizationNameSchema,
    originInputSchema,
    ownershipSchema,
    proxyChainSchema,
    stackNameSchema,
    teamMemberSchema,
} from "section-model";
import { z } from "zod";
import type { ClientDeclaration, SiteDeclaration, StagingDeclaration } from "./client-declaration";
import { clientKeySchema } from "./client-key";

/** A schema for each property of a declaration, and none beside them. */
type ShapeOf<Declaration> = { [Key in keyof Required<Declaration>]: z.ZodType<Declaration[Key]> };

const variableNameSchema = z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "must be a letter followed by letters, digits and underscores, as in {{ttl}}");

const variablesSchema = z
    .record(
        variableNameSchema,
        z.union([z.string(), z.number()], "must be a text or a number; put it in quotes"),
        "must be names with values",
    )
    .describe("What {{name}} in the configuration files stands for; 1.10 stays 1.10");

const configSchema = z
    .string("must be the path of a folder")
    .min(1, "is empty; name a folder")
    .describe("A folder of configuration files that lie over those of the whole agency. Relative to this list");

export const stagingSchema = z
    .strictObject(
        {
            hostname: hostnameSchema
                .optional()
                .describe("Default: staging-HOSTNAME of the site, staging.HOSTNAME at the apex of a zone"),
            origin: originInputSchema.optional().describe("The server behind staging. Default: the site's"),
            config: configSchema.optional(),
            variables: variablesSchema.optional(),
        } satisfies ShapeOf<StagingDeclaration>,
        "must be an object such as { origin: staging-origin.acme.example }",
    )
    .describe("A staging environment; {} takes everything from the site");

export const siteSchema = z.strictObject(
    {
        hostname: hostnameSchema.describe("The site's first hostname; it names the site and becomes its production"),
        origin: originInputSchema
            .optional()
            .describe("The server behind the site. Default: what the hostname resolves to now"),
        aliases: z
            .array(hostnameSchema, "must be a list of hostnames")
            .optional()
            .describe("Further hostnames of production"),
        staging: stagingSchema.optional(),
        stack: stackNameSchema.optional().describe("The proxies a new site starts with. Default varnish-6.3-basic"),
        proxyChain: proxyChainSchema
            .optional()
            .describe("The proxies that requests pass, in order. Default: the agency's"),
        ipBlacklist: z
            .array(ipRestrictionSchema, "must be a list")
            .optional()
            .describe("IPv4 addresses and blocks whose requests are refused"),
        config: configSchema.optional(),
        variables: variablesSchema.optional(),
        stagingFirst: z
            .boolean("must be true or false")
            .optional()
            .describe(
                "Goes live on staging first: until this is false, production keeps the configuration the platform gave it",
            ),
        promote: z
            .string('must be "staging" or a commit')
            .regex(
                /^(staging|staging-seen|[0-9a-f]{7,40})$/,
                'must be "staging", "staging-seen", or 7 to 40 hex digits of a commit',
            )
            .optional()
            .describe(
                "Production has the content of this commit: staging for the one that staging is at, staging-seen for the one that it had before this up, or 7 to 40 hex digits of its id",
            ),
        ownership: ownershipSchema
            .optional()
            .describe(
                "What becomes of files that no configuration names: managed leaves them alone, complete removes them",
            ),
        waitForLive: liveWaitSchema.optional().describe("up waits until production's hostnames are live"),
        certificate: z
            .literal(
                "acme",
                'must be "acme"; a certificate of its own needs its key, which is no part of a list: declare a Domain in the program',
            )
            .optional()
            .describe("acme: the platform has one issued for each of production's hostnames, and renews it"),
    } satisfies ShapeOf<SiteDeclaration>,
    "must be a site such as { hostname: www.acme.example }",
);

export const clientSchema = z.strictObject(
    {
        name: organizationNameSchema.describe("The client, as its organization is called"),
        key: clientKeySchema
            .optional()
            .describe(
                "Names the client in previews and states. Default: from the name. Write it down before you change the name",
            ),
        people: z
            .record(emailSchema, teamMemberSchema, "must be e-mail addresses with roles")
            .optional()
            .describe("E-mail address -> role, or role and last day, beside the agency's staff"),
        config: configSchema.optional(),
        variables: variablesSchema.optional(),
        sites: z.array(siteSchema, "must be a list of sites").optional().describe("The client's websites"),
    } satisfies ShapeOf<ClientDeclaration>,
    "must be a client such as { name: Acme }",
);

/** A list of clients as read from a file. */
export const clientListSchema = z.strictObject(
    { clients: z.array(clientSchema, "must be a list of clients").describe("The agency's clients") },
    "must have clients: and below it a list",
);
