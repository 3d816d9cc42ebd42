import { findDeletion, listOrganizations, readCaller } from "section-client";
import { normaliseEmail, Problem, parseOrganizationId } from "section-model";
import { Slot } from "../run/memory";
import { printableLine } from "../run/printable-text";
import type { Session } from "../run/session";
import { isGone } from "../run/unless-gone";

/** Deletions that a person has been told of. */
const told = new Slot(() => new Set<string>());

/**
 * The reason why this token does not see the organization of a thing; undefined if it does. The list of organizations
 * is the same for a deleted organization and for one without the token's user, so the platform is asked which it is.
 * All things share both requests.
 */
async function explainUnseen({ client }: Session, id: string, known: { name?: unknown }): Promise<Problem | undefined> {
    const { organization } = parseOrganizationId(id.split("/")[0] ?? "");
    if ((await listOrganizations(client)).some((each) => each.id === organization)) return undefined;
    const deletion = await findDeletion(client, organization);
    if (deletion !== undefined) return deletion;
    const { email } = await readCaller(client);
    const named = id === String(organization) && known.name !== undefined ? ` (${known.name})` : "";
    return new Problem(
        "organization-unseen",
        `${normaliseEmail(email)} does not see organization ${organization}${named}: deleted, or this token's user is no member`,
    );
}

/**
 * Refuses to report a thing as gone when this token does not see its organization. If the platform says that the
 * organization was deleted, the thing is gone, and a person is told so once.
 *
 * @param id of any thing: every id begins with that of the organization
 * @param known the thing's outputs in the state, such as an organization's name
 * @returns true if the organization was deleted: then nobody needs to be told why the thing is gone
 */
export async function refuseUnseenOrganization(
    session: Session,
    id: string,
    known: { name?: unknown },
): Promise<boolean> {
    const reason = await explainUnseen(session, id, known);
    if (reason === undefined) return false;
    if (!isGone(reason)) throw reason;
    const line = printableLine(reason.detail);
    const lines = session.memory.of(told);
    if (!lines.has(line)) session.tell(line);
    lines.add(line);
    return true;
}

/** Refuses to change a thing whose organization this token does not see, or that was deleted. */
export async function refuseLostOrganization(session: Session, id: string, known: { name?: unknown }): Promise<void> {
    const reason = await explainUnseen(session, id, known);
    if (reason !== undefined) throw reason;
}
