import { membershipSchema, parseMembershipId } from "section-model";
import { findLockouts, readAccess, tellOwnerStays } from "../../protection/find-lockouts";
import type { Session } from "../../run/session";
import { unlessGone } from "../../run/unless-gone";
import { unlessSilent } from "../../run/unless-silent";
import { judgeLastDay } from "../last-day";
import type { Noun } from "../noun";
import { ensureMembership } from "./ensure";
import { type CheckedMembership, type MembershipOutputs, observeMembership } from "./observe";
import { removeMembership } from "./remove";

/** Refuses to end a membership that the person must not lose. An owner's is kept instead. */
async function refuseLockout(session: Session, id: string): Promise<void> {
    const { organization, email } = parseMembershipId(id);
    const access = await readAccess(session, organization);
    if (email === access.owner) return tellOwnerStays(session, organization, email);
    const [lockout] = findLockouts(access, (member) => (member.email === email ? undefined : member.role));
    if (lockout !== undefined) throw lockout;
}

/** An owner is an admin as long as they own the organization, with a Membership or without. */
function remedyForOwner(ended: true | undefined): string {
    const words = ended ? "Take until away" : 'Write role: "admin"';
    return `${words}, or take the Membership out of the program: an owner needs none`;
}

export const membershipNoun: Noun<CheckedMembership, MembershipOutputs> = {
    kind: "membership",
    schema: membershipSchema,
    replacesOn: ["organization", "email"],
    compares: ["organization", "email", "role", "until", "ended"],
    besides: ["ended"],

    lapse: (inputs, olds, today) => {
        const { until, email = "somebody" } = inputs;
        const same = { inputs: { ...inputs }, issues: [], warnings: [] };
        if (until === undefined) return same;
        const { isPast, warning } = judgeLastDay(email, until, today);
        if (!isPast) return { ...same, warnings: warning === undefined ? [] : [warning] };
        if (olds.until !== until) {
            return {
                ...same,
                issues: [
                    {
                        property: "until",
                        reason: `is ${until}, which is past; name a later day, or remove the membership to end it`,
                    },
                ],
            };
        }
        return { ...same, inputs: { ...inputs, ended: true } };
    },

    preflight: async (session, { organization, email, role, ended }) => {
        if (organization === undefined || email === undefined || role === undefined || (role === "admin" && !ended))
            return [];
        const access = await readAccess(session, Number(organization));
        const lockouts = findLockouts(access, (member) =>
            member.email !== email ? member.role : ended ? undefined : role,
        );
        return lockouts.map(({ code, detail, remedy }) => ({
            property: ended ? "until" : "role",
            reason: `is refused: ${detail}. ${code === "owner-protected" ? remedyForOwner(ended) : remedy}`,
        }));
    },

    judgeChange: async (open, { id, outputs }, { replaces }) => {
        if (replaces.length === 0 || outputs.ended) return {};
        const session = open();
        await unlessSilent(session, `membership ${id}`, unlessGone(refuseLockout(session, id)));
        return {};
    },

    claims: (id, { ended }) => (ended ? [] : [`membership ${id}`]),

    observe: observeMembership,
    ensure: ensureMembership,
    remove: removeMembership,
};
