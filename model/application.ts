import { z } from "zod";
import { hostnameSchema } from "./hostname";
import { stackNameSchema } from "./organization";
import { originHostInputSchema } from "./origin";
import { organizationIdSchema } from "./resource-id";

const originText = z.string({
    error: ({ input }) =>
        `must be a hostname or an IPv4 address${input instanceof Object ? "; an origin with ports or other properties is declared on the Environment Production" : ""}`,
});

/** A website with one git repository. The hostname names it and serves Production. */
export const applicationSchema = z.strictObject({
    organization: organizationIdSchema,
    hostname: hostnameSchema,
    origin: originText.pipe(originHostInputSchema).optional(),
    stack: stackNameSchema.optional(),
});

export type ApplicationInputs = z.infer<typeof applicationSchema>;
