import { z } from "zod";
import { hostnameSchema } from "./hostname";

/** The id of an environment as Pulumi carries it. */
export const environmentIdSchema = z
    .string("must be the id of an Environment")
    .regex(/^[1-9]\d*\/[1-9]\d*\/[A-Za-z][A-Za-z0-9]*$/, "must be the id of an Environment, such as 1335/7171/Staging");

/** A hostname that an environment answers for. */
export const domainSchema = z.strictObject({
    environment: environmentIdSchema,
    hostname: hostnameSchema,
});

export type DomainInputs = z.infer<typeof domainSchema>;
