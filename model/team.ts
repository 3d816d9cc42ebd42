import { z } from "zod";
import { calendarDaySchema } from "./calendar-day";
import { emailSchema } from "./email";
import { capabilitySchema } from "./membership";
import { organizationIdSchema } from "./resource-id";

const memberObjectSchema = z.strictObject(
    { role: capabilitySchema, until: calendarDaySchema.optional() },
    {
        error: ({ code }) =>
            code === "invalid_type" ? "must be a role, such as readonly, or { role, until }" : undefined,
    },
);

/** The form of a member that is not only a role. */
export const teamMemberShape = memberObjectSchema.shape;

/** A member of an organization: a role, or a role and its last day. */
export const teamMemberSchema = z
    .preprocess((member) => (typeof member === "string" ? { role: member } : member), memberObjectSchema)
    .transform(({ role, until }) => (until === undefined ? role : { role, until }));

/** The role of a person in an organization, and perhaps its last day. */
export type TeamMember = z.infer<typeof teamMemberSchema>;

/** E-mail address -> member. An address in two spellings is refused: it would give one person two roles. */
const membersSchema = z
    .record(z.string(), teamMemberSchema, "must be e-mail addresses with roles")
    .transform((members, context) => {
        const people: Record<string, TeamMember> = {};
        for (const [key, member] of Object.entries(members)) {
            const parsed = emailSchema.safeParse(key);
            const email = parsed.data ?? key;
            const reason =
                parsed.error?.issues[0]?.message ??
                (Object.hasOwn(people, email) ? `is listed twice, as ${email}; remove one` : undefined);
            if (reason !== undefined) context.addIssue({ code: "custom", path: [key], message: reason });
            people[email] = member;
        }
        return people;
    });

/** All members of an organization. */
export const teamSchema = z.strictObject({ organization: organizationIdSchema, members: membersSchema });

export type TeamInputs = z.infer<typeof teamSchema>;

export function roleOf(member: TeamMember) {
    return typeof member === "string" ? member : member.role;
}

export function lastDayOf(member: TeamMember): string | undefined {
    return typeof member === "string" ? undefined : member.until;
}
