import { z } from "zod";
import { hostnameSchema } from "./hostname";
import { originHostInputSchema } from "./origin";

/** The name of an organization: 1 to 255 characters, no line breaks. */
export const organizationNameSchema = z
    .string("must be a name")
    .trim()
    .min(1, "is empty; name the client")
    .max(255, "is longer than 255 characters")
    .refine((name) => !/[\0-\x1f\x7f]/.test(name), "must not have control characters");

/** The name of a stack, such as `varnish-6.3-basic`. */
export const stackNameSchema = z
    .string("must be the name of a stack")
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, "must be the name of a stack such as varnish-6.3-basic");

/**
 * A client of the agency: the boundary of security and billing. `firstSite` is for endpoints that create an account
 * only with its first application.
 */
export const organizationSchema = z.strictObject({
    name: organizationNameSchema,
    firstSite: z
        .strictObject({
            hostname: hostnameSchema,
            origin: originHostInputSchema.optional(),
            stack: stackNameSchema.optional(),
        })
        .optional(),
});

export type OrganizationInputs = z.infer<typeof organizationSchema>;
