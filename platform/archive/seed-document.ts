import {
    capabilitySchema,
    emailSchema,
    environmentNameSchema,
    hostnameSchema,
    issuesOf,
    newClaimSchema,
    organizationNameSchema,
    Problem,
    productionName,
} from "section-model";
import { z } from "zod";

/** The format that this platform reads. A change that a reader cannot follow gets the next number. */
const seedFormat = 1;

const id = z
    .int("must be a whole number")
    .min(1)
    .max(2 ** 31 - 1);
const email = z.string().trim().pipe(emailSchema);

/** Whose a thing is. */
const claim = newClaimSchema
    .extend({ claimed_at: z.iso.datetime("must be a time such as 2026-11-25T04:27:15.000Z") })
    .optional();

const environmentSchema = z.strictObject({
    name: environmentNameSchema.or(z.literal(productionName)),
    claim,
    /** `isEngaged`: the DNS led to the platform when it was last looked at. */
    domains: z.array(z.strictObject({ hostname: hostnameSchema, isEngaged: z.boolean().default(false), claim })),
});

const applicationSchema = z.strictObject({
    id,
    /** Names it. */
    hostname: hostnameSchema,
    /**
     * A file of `git bundle create FILE --branches`, from the document's folder. It has a branch for each environment.
     */
    bundle: z.string().min(1),
    claim,
    environments: z.array(environmentSchema),
});

const accountSchema = z.strictObject({
    id,
    name: organizationNameSchema,
    /** The e-mail address of an admin of it. */
    owner: email,
    claim,
    members: z.array(z.strictObject({ email, role: capabilitySchema, claim })),
    applications: z.array(applicationSchema).default([]),
});

const documentSchema = z.strictObject({
    format: z.literal(seedFormat, `must be ${seedFormat}`),
    people: z.array(z.strictObject({ id, email, isVerified: z.boolean().default(true) })),
    accounts: z.array(accountSchema),
});

/** The content that an empty platform begins with. */
export type SeedDocument = z.output<typeof documentSchema>;
export type SeedAccount = SeedDocument["accounts"][number];
export type SeedApplication = SeedAccount["applications"][number];

function listTwice(what: string, values: readonly (string | number)[]): string[] {
    const seen = new Set<string | number>();
    const twice = values.filter((value) => seen.size === seen.add(value).size);
    return [...new Set(twice)].map((value) => `${what} ${value} stands there twice`);
}

function listWrongApplication({ id, hostname, environments }: SeedApplication): string[] {
    const wrong = listTwice(
        `application ${id}: environment`,
        environments.map(({ name }) => name),
    );
    if (!environments.some(({ name }) => name === productionName))
        wrong.push(`application ${id} has no environment ${productionName}`);
    if (!environments.some(({ domains }) => domains.some((domain) => domain.hostname === hostname)))
        wrong.push(`application ${id}: its own hostname ${hostname} is in none of its environments`);
    return wrong;
}

/** Faults that no single property shows: things that are there twice or not at all. */
function listWrong({ people, accounts }: SeedDocument): string[] {
    const applications = accounts.flatMap((account) => account.applications);
    const known = new Set(people.map((each) => each.email));
    const domains = applications.flatMap(({ environments }) => environments.flatMap((each) => each.domains));
    return [
        ...listTwice(
            "person",
            people.map((each) => each.id),
        ),
        ...listTwice(
            "person",
            people.map((each) => each.email),
        ),
        ...listTwice(
            "account",
            accounts.map((each) => each.id),
        ),
        ...listTwice(
            "application",
            applications.map((each) => each.id),
        ),
        ...listTwice(
            "hostname",
            domains.map(({ hostname }) => hostname),
        ),
        ...accounts.flatMap(({ id, owner, members }) => [
            ...listTwice(
                `account ${id}: member`,
                members.map((each) => each.email),
            ),
            ...members
                .filter((each) => !known.has(each.email))
                .map((each) => `account ${id}: member ${each.email} is none of the people`),
            ...(members.some((each) => each.email === owner && each.role === "admin")
                ? []
                : [`account ${id}: the owner ${owner} is no admin of it`]),
        ]),
        ...applications.flatMap(listWrongApplication),
    ];
}

/**
 * Reads the document for `section-platform seed`; all faults are named at once.
 *
 * @throws Problem `invalid-input`
 * @example parseSeed('{ "format": 1, "people": [], "accounts": [] }').accounts.length === 0
 */
export function parseSeed(text: string): SeedDocument {
    let document: unknown;
    try {
        document = JSON.parse(text);
    } catch (cause) {
        throw new Problem("invalid-input", `the seed is no JSON: ${(cause as Error).message}`, {
            remedy: "Correct the file",
            cause,
        });
    }
    const parsed = documentSchema.safeParse(document);
    const wrong = parsed.success
        ? listWrong(parsed.data)
        : issuesOf(parsed.error).map(({ property, reason }) => `${property} ${reason}`);
    if (parsed.success && wrong.length === 0) return parsed.data;
    throw new Problem("invalid-input", `the seed is wrong: ${wrong.join("; ")}`, { remedy: "Correct what is named" });
}
