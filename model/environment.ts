import { z } from "zod";
import { environmentNameSchema, productionName } from "./environment-name";
import { fileContentSchema, refuseBinaryTotal } from "./file-content";
import { filePathSchema, findFileInFile } from "./file-path";
import { hostnameSchema } from "./hostname";
import { ipRestrictionSchema } from "./ip-restriction";
import type { Issue } from "./issue";
import { originInputSchema, originNameSchema } from "./origin";
import { proxyChainSchema } from "./proxy-chain";
import { applicationIdSchema, environmentIdSchema } from "./resource-id";

/** The least digits of a commit's id that name it. */
export const shortestCommit = 7;

const commitReason = `must be the id of a commit, such as staging.head: ${shortestCommit} to 40 hexadecimal digits`;

/** A commit by its id, or by the first digits of it. */
const commitIdSchema = z
    .string()
    .regex(new RegExp(`^[0-9a-f]{${shortestCommit},40}$`, "i"), commitReason)
    .toLowerCase();

/**
 * The commit that an environment had when the operation began. Without an environment it is the commit that is promoted
 * already: the other environment is new.
 */
const seenCommitSchema = z.strictObject({ environment: environmentIdSchema.optional() });

/** True for the whole id of a commit. */
export const isCommitId = (text: unknown): text is string => typeof text === "string" && /^[0-9a-f]{40}$/.test(text);

/** Decides about files that a configuration does not name. */
export const ownershipSchema = z.enum(["managed", "complete"], 'must be "managed" or "complete"');

/** One git branch with its own proxy configuration. Properties that are not declared stay as they are. */
export const environmentSchema = z.strictObject({
    application: applicationIdSchema,
    name: environmentNameSchema,
    /** The environment to copy at creation. Default `Production`. */
    from: environmentNameSchema.optional(),
    /** The first hostname; needed for every environment but Production. */
    hostname: hostnameSchema.optional(),
    origin: originInputSchema.optional(),
    origins: z.record(originNameSchema, originInputSchema).optional(),
    proxyChain: proxyChainSchema.optional(),
    ipBlacklist: z.array(ipRestrictionSchema).optional(),
    /** Path in the repository -> text of the file, or `{ base64 }` of a binary file. */
    config: z.record(filePathSchema, fileContentSchema).optional(),
    /** Whether undeclared files are kept (`managed`, the default) or removed (`complete`). */
    ownership: ownershipSchema.optional(),
    /** The commit of the same repository whose content the environment has. */
    promote: z.union([commitIdSchema, seenCommitSchema], commitReason).optional(),
});

/** A declaration of which check has asked the platform: its commit has a whole id. */
export type EnvironmentInputs = Omit<z.infer<typeof environmentSchema>, "promote"> & { promote?: string };

/** A commit as a declaration names it. */
export type NamedCommit = z.infer<typeof environmentSchema>["promote"];

/** The properties that section.config.json contains. */
export const configKeys = ["origin", "origins", "proxyChain", "ipBlacklist"] as const;

/** The properties that declare the content of the branch. */
export const contentKeys = [...configKeys, "config", "ownership", "promote"] as const;

/** True for the name of Production in other capitals. */
const isMisspelt = (name: string) => name !== productionName && name.toLowerCase() === productionName.toLowerCase();

/**
 * Checks rules between the properties of an environment. `unknown` names declared properties that are not known yet.
 */
export function relateEnvironment(inputs: Partial<EnvironmentInputs>, unknown: readonly string[] = []): Issue[] {
    const issues: Issue[] = [];
    for (const key of ["name", "from"] as const) {
        const given = inputs[key];
        // with a hostname it is an environment of its own
        const isMeant = key === "from" || (inputs.hostname === undefined && !unknown.includes("hostname"));
        if (given !== undefined && isMeant && isMisspelt(given))
            issues.push({ property: key, reason: `"${given}" is written with a capital: ${productionName}` });
    }
    if (issues.some(({ property }) => property === "name")) return [...issues, ...relateContent(inputs, unknown)];
    if (inputs.name === productionName && inputs.from !== undefined) {
        issues.push({ property: "from", reason: "Production always exists and is copied from nothing; remove `from`" });
    }
    if (inputs.name === productionName && inputs.hostname !== undefined) {
        issues.push({
            property: "hostname",
            reason: "Production has the application's own hostname; declare further ones as Domain",
        });
    }
    if (
        inputs.name !== undefined &&
        inputs.name !== productionName &&
        inputs.hostname === undefined &&
        !unknown.includes("hostname")
    ) {
        issues.push({
            property: "hostname",
            reason: `is missing; every environment but Production is made with a first hostname, such as ${inputs.name.toLowerCase()}.acme.example`,
        });
    }
    if (inputs.name !== undefined && inputs.from === inputs.name) {
        issues.push({ property: "from", reason: "an environment cannot be copied from itself" });
    }
    return [...issues, ...relateContent(inputs, unknown)];
}

function relateContent(inputs: Partial<EnvironmentInputs>, unknown: readonly string[]): Issue[] {
    const issues: Issue[] = [];
    const isDeclared = (key: keyof EnvironmentInputs) => inputs[key] !== undefined || unknown.includes(key);
    const { config = {} } = inputs;
    const total = refuseBinaryTotal(config);
    if (total !== undefined) issues.push({ property: "config", reason: total });
    const [file, inside] = findFileInFile(Object.keys(config)) ?? [];
    if (file !== undefined)
        issues.push({
            property: "config",
            reason: `has ${file} and ${inside}: ${file} cannot be a file and a folder; rename one of them`,
        });
    if (inputs.ownership === "complete" && !isDeclared("config") && !isDeclared("promote")) {
        issues.push({
            property: "ownership",
            reason: 'is "complete" without config, which would remove every file; declare config',
        });
    }
    for (const key of ["config", "proxyChain", "ownership"] as const) {
        if (isDeclared("promote") && isDeclared(key))
            issues.push({ property: key, reason: "comes with the commit that promote names; remove one of the two" });
    }
    return issues;
}
