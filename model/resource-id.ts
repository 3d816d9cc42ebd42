import { z } from "zod";
import { emailSchema } from "./email";
import { environmentNameSchema } from "./environment-name";
import { normaliseHostname } from "./hostname";
import { Problem } from "./problem";

/** One part of an id: words for messages, and a reader of its text, which returns undefined for an invalid one. */
interface Part<T> {
    belongs: string;
    read(text: string): T | undefined;
}

const numericId: Part<number> = {
    belongs: "a numeric id",
    read: (text) => (/^[1-9]\d{0,9}$/.test(text) && Number(text) < 2 ** 31 ? Number(text) : undefined),
};
const emailAddress: Part<string> = {
    belongs: "an e-mail address",
    read: (text) => emailSchema.safeParse(text).data,
};
const environmentName: Part<string> = {
    belongs: "the name of an environment",
    read: (text) => environmentNameSchema.safeParse(text).data,
};
// a platform may serve names that a program may not declare, such as a wildcard
const servedName: Part<string> = {
    belongs: "a hostname",
    read: (text) => (/[\s\p{C}]/u.test(text) ? undefined : normaliseHostname(text) || undefined),
};

/** The parts of an id, outermost first. They determine the kind of thing that the id names. */
type Kind = Record<string, Part<number | string>>;
type IdOf<K extends Kind> = { -readonly [P in keyof K]: K[P] extends Part<infer T> ? T : never };

const organization = { organization: numericId };
const membership = { ...organization, email: emailAddress };
const application = { ...organization, application: numericId };
const environment = { ...application, environment: environmentName };
const domain = { ...environment, hostname: servedName };

/** The texts of the parts. An e-mail address may contain a slash, so it is the whole rest of the id. */
function split(kind: Kind, text: string): string[] {
    const texts = text.split("/");
    const last = Object.keys(kind).length - 1;
    return "email" in kind ? [...texts.slice(0, last), texts.slice(last).join("/")] : texts;
}

/** The parts of an id by their names, or words for its mistake. */
function read<K extends Kind>(kind: K, text: string): IdOf<K> | string {
    const names = Object.keys(kind);
    const texts = split(kind, text);
    if (texts.length !== names.length || texts.includes(""))
        return `is not an id of the form ${names.join("/").toUpperCase()}`;
    const id: Record<string, number | string> = {};
    for (const [index, [name, { belongs, read: readPart }]] of Object.entries(kind).entries()) {
        const value = readPart(texts[index] as string);
        if (value === undefined) return `has "${texts[index]}" where ${belongs} belongs`;
        id[name] = value;
    }
    return id as IdOf<K>;
}

function parserOf<K extends Kind>(kind: K): (text: string) => IdOf<K> {
    return (text) => {
        const id = read(kind, text);
        if (typeof id === "string") throw new Problem("invalid-input", `"${text}" ${id}`);
        return id;
    };
}

/** The schema of an id in a program. It accepts the same ids as the parser of the kind. */
function schemaOf(kind: Kind, called: string, example: string) {
    // with --continue-on-error the engine leaves out an output of a resource that failed
    const missing = `has no value: declare the id of ${called}, or see why the resource that gives it failed`;
    const isMissing = (value: unknown) => value === undefined || value === null || value === "";
    return z
        .string({ error: ({ input }) => (isMissing(input) ? missing : `must be the id of ${called}`) })
        .refine((text) => typeof read(kind, text) !== "string", {
            error: ({ input }) => (isMissing(input) ? missing : `must be the id of ${called}, such as ${example}`),
        });
}

export const organizationIdSchema = schemaOf(organization, "an Organization", "1335");
export const applicationIdSchema = schemaOf(application, "an Application", "1335/7171");
export const environmentIdSchema = schemaOf(environment, "an Environment", "1335/7171/Staging");

export const parseOrganizationId = parserOf(organization);
export const parseMembershipId = parserOf(membership);
export const parseApplicationId = parserOf(application);
export const parseEnvironmentId = parserOf(environment);
export const parseDomainId = parserOf(domain);

/**
 * Ids as people and Pulumi write them:
 * `1335`, `1335/jane@agency.example`, `1335/7171`, `1335/7171/Staging`, `1335/7171/Staging/www.acme.example`.
 */
export const resourceId = {
    organization: (id: IdOf<typeof organization>): string => String(id.organization),
    membership: (id: IdOf<typeof membership>): string => `${id.organization}/${id.email}`,
    application: (id: IdOf<typeof application>): string => `${id.organization}/${id.application}`,
    environment: (id: IdOf<typeof environment>): string => `${id.organization}/${id.application}/${id.environment}`,
    domain: (id: IdOf<typeof domain>): string =>
        `${id.organization}/${id.application}/${id.environment}/${id.hostname}`,
};
