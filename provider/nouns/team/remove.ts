import { removeMember } from "section-client";
import { parseOrganizationId, roleOf } from "section-model";
import { sayClaim } from "../../protection/claim-words";
import { isDeclared } from "../../protection/declared-now";
import { readAccess } from "../../protection/find-lockouts";
import { returnClaim } from "../../protection/return-claim";
import { findStanding } from "../../protection/standing-declarations";
import type { Session } from "../../run/session";
import { unlessGone } from "../../run/unless-gone";
import type { Found } from "../noun";
import type { TeamOutputs } from "./observe";

/** Removes listed people that no other resource declares, and names those that cannot be removed. */
export async function removeTeam(
    session: Session,
    { id, outputs: { members } }: Found<TeamOutputs>,
    claim?: string,
): Promise<void> {
    const { organization } = parseOrganizationId(id);
    const access = await unlessGone(readAccess(session, organization));
    for (const { email, userId, role, claim: present } of access?.members ?? []) {
        if (members[email] === undefined) continue;
        const thing = `membership ${organization}/${email}`;
        if (isDeclared(session.memory, thing)) {
            await returnClaim(session, "membership", `${organization}/${email}`, claim);
            // nobody else has changed the role since
            if (role === roleOf(members[email]))
                await findStanding(session.memory, thing)?.({ kind: "team", outputs: { members } });
            continue;
        }
        if (claim !== undefined && (present?.id ?? "none") !== claim) {
            session.tell(`team of organization ${organization}: ${email} (${role}) stays: of ${sayClaim(present)} now`);
            continue;
        }
        if (email === access?.owner || email === access?.caller) {
            session.tell(
                `team of organization ${organization}: ${email} (${role}) stays: the owner and this token's user cannot be removed`,
            );
            continue;
        }
        await unlessGone(removeMember(session.client, organization, userId, claim));
    }
}
