import { z } from "zod";
import { hostnameSchema } from "./hostname";
import { stackNameSchema } from "./organization";
import { originHostInputSchema } from "./origin";
import { organizationIdSchema } from "./resource-id";

/** A website with one git repository. The hostname names it and serves Production. */
export const applicationSchema = z.strictObject({
    organization: organizationIdSchema,
    hostname: hostnameSchema,
    origin: originHostInputSchema.optional(),
    stack: stackNameSchema.optional(),
});

export type ApplicationInputs = z.infer<typeof applicationSchema>;
