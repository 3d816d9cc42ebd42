import { z } from "zod";
import { calendarDaySchema } from "./calendar-day";
import { capabilitySchema } from "./capability";
import { emailSchema } from "./email";

/** The id of an organization as Pulumi carries it. */
export const organizationIdSchema = z
    .string("must be the id of an Organization")
    .regex(/^[1-9]\d{0,9}$/, "must be the id of an Organization, such as 1335");

/** A person's role in an organization. */
export const membershipSchema = z.strictObject({
    organization: organizationIdSchema,
    email: emailSchema,
    role: capabilitySchema,
    /** The last day of it. */
    until: calendarDaySchema.optional(),
});

export type MembershipInputs = z.infer<typeof membershipSchema>;
