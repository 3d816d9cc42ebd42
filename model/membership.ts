import { z } from "zod";
import { calendarDaySchema } from "./calendar-day";
import { capabilities } from "./capability";
import { emailSchema } from "./email";
import { organizationIdSchema } from "./resource-id";

export const capabilitySchema = z.enum(capabilities, {
    error: `must be one of ${capabilities.join(", ")}`,
});

/** A person's role in an organization. */
export const membershipSchema = z.strictObject({
    organization: organizationIdSchema,
    email: emailSchema,
    role: capabilitySchema,
    /** The last day of the membership. */
    until: calendarDaySchema.optional(),
});

export type MembershipInputs = z.infer<typeof membershipSchema>;
