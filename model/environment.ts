import { z } from "zod";
import { environmentNameSchema, productionName } from "./environment-name";
import { filePathSchema } from "./file-path";
import { hostnameSchema } from "./hostname";
import { ipRestrictionSchema } from "./ip-restriction";
import type { Issue } from "./issue";
import { originInputSchema, originNameSchema } from "./origin";
import { proxyChainSchema } from "./proxy-chain";

/** The id of an application as Pulumi carries it. */
export const applicationIdSchema = z
    .string("must be the id of an Application")
    .regex(/^[1-9]\d*\/[1-9]\d*$/, "must be the id of an Application, such as 1335/7171");

/** One git branch with its own proxy configuration. What is not declared is left as it is. */
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
    /** Path in the repository -> text of the file. */
    config: z.record(filePathSchema, z.string("must be the text of the file")).optional(),
});

export type EnvironmentInputs = z.infer<typeof environmentSchema>;

/** Rules between the properties of an environment. `unknown` names those that are declared and not known yet. */
export function relateEnvironment(inputs: Partial<EnvironmentInputs>, unknown: readonly string[] = []): Issue[] {
    const issues: Issue[] = [];
    if (inputs.name === productionName && inputs.from !== undefined) {
        issues.push({ property: "from", reason: "Production always exists and is copied from nothing; remove `from`" });
    }
    if (inputs.name === productionName && inputs.hostname !== undefined) {
        issues.push({ property: "hostname", reason: "Production has the application's own hostname; declare further ones as Domain" });
    }
    if (inputs.name !== undefined && inputs.name !== productionName && inputs.hostname === undefined && !unknown.includes("hostname")) {
        issues.push({
            property: "hostname",
            reason: `is missing; every environment but Production is made with a first hostname, such as ${inputs.name.toLowerCase()}.acme.example`,
        });
    }
    if (inputs.name !== undefined && inputs.from === inputs.name) {
        issues.push({ property: "from", reason: "an environment cannot be copied from itself" });
    }
    return issues;
}
