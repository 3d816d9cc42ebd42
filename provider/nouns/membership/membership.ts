import { readCaller } from "section-client";
import { type Issue, membershipSchema, normaliseEmail, parseMembershipId } from "section-model";
import { findLockouts, readAccess, tellOwnerStays } from "../../protection/find-lockouts";
import type { Session } from "../../run/session";
import { unlessGone } from "../../run/unless-gone";
import { unlessSilent } from "../../run/unless-silent";
import { judgeLastDay } from "../last-day";
import type { Noun } from "../noun";
import { explainLost } from "../refuse-gone";
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

/** Who makes an organization owns it: of a new one the preview knows no id, and so no members. */
async function refuseNewOwner({ client }: Session, email: string, ended: true | undefined): Promise<Issue[]> {
    const caller = await readCaller(client);
    if (normaliseEmail(caller.email) !== email) return [];
    const property = ended ? "until" : "role";
    const reason = `is refused: ${email} makes the organization and then owns it. ${remedyForOwner(ended)}`;
    return [{ property, reason }];
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
        if (email === undefined || role === undefined || (role === "admin" && !ended)) return [];
        if (organization === undefined) return refuseNewOwner(session, email, ended);
        const access = await explainLost(session, organization, readAccess(session, Number(organization)));
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
