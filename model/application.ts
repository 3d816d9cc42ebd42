import { z } from "zod";
import { hostnameSchema } from "./hostname";
import { organizationIdSchema } from "./membership";
import { stackNameSchema } from "./organization";
import { originHostSchema } from "./origin";

/** A website: one git repository; the hostname names it and becomes its production. */
export const applicationSchema = z.strictObject({
    organization: organizationIdSchema,
    hostname: hostnameSchema,
    origin: originHostSchema.optional(),
    stack: stackNameSchema.optional(),
});

export type ApplicationInputs = z.infer<typeof applicationSchema>;
