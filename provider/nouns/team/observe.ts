import type { MemberRecord } from "section-client";
import { parseOrganizationId, resourceId, type TeamInputs } from "section-model";
import { readAccess } from "../../protection/find-lockouts";
import { isSame } from "../../run/properties";
import type { Session } from "../../run/session";
import { unlessGone } from "../../run/unless-gone";
import type { Found, Observed } from "../noun";
import { describeMembers, type Members } from "./plan";

/** Declared inputs, and the findings of check on that day and for a preview. */
export interface CheckedTeam extends TeamInputs {
    /** Listed people whose last day is past. */
    ended?: string[];
    /** Members that are not listed: the preview that found them shows them. */
    removes?: string[];
}

export interface TeamOutputs {
    organization: string;
    members: Members;
    ended?: string[];
    removes?: string[];
    /** Listed people who have not confirmed the invitation yet. */
    pending: string[];
}

type Shown = Pick<CheckedTeam, "ended" | "removes">;

export function foundTeam(
    organization: number,
    members: Members,
    people: readonly MemberRecord[],
    { ended, removes }: Shown,
): Found<TeamOutputs> {
    const pending = people
        .filter(({ email, status }) => status === "pending" && members[email] !== undefined)
        .map(({ email }) => email);
    return {
        id: resourceId.organization({ organization }),
        outputs: { organization: String(organization), members, ended, removes, pending: pending.sort() },
    };
}

export async function observeTeam(
    session: Session,
    id: string,
    known: Partial<TeamOutputs>,
): Promise<Observed<TeamOutputs> | undefined> {
    const { organization } = parseOrganizationId(id);
    const access = await unlessGone(readAccess(session, organization));
    if (access === undefined) return undefined;
    const isLookup = known.members === undefined;
    const members = describeMembers(access.members, known.members ?? {}, isLookup ? undefined : access.owner);
    const hasDrifted = !isLookup && !isSame(members, known.members);
    const found = foundTeam(organization, members, access.members, hasDrifted ? { ended: known.ended } : known);
    return {
        ...found,
        ...(hasDrifted && { inputs: { organization: String(organization), members, ended: known.ended } }),
    };
}
