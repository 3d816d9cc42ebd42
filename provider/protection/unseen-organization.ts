import { listOrganizations, readCaller } from "section-client";
import { normaliseEmail, Problem, parseOrganizationId } from "section-model";
import type { Session } from "../run/session";

/**
 * Refuses to report a thing as gone when this token does not see its organization: v1 gives the same answer for a
 * deleted organization and for one without the token's user. All things share one request.
 *
 * @param id of any thing: every id begins with that of the organization
 * @param known the thing's outputs in the state, such as an organization's name
 */
export async function refuseUnseenOrganization(
    { client }: Session,
    id: string,
    known: { name?: unknown },
): Promise<void> {
    const { organization } = parseOrganizationId(id.split("/")[0] ?? "");
    if ((await listOrganizations(client)).some((each) => each.id === organization)) return;
    const { email } = await readCaller(client);
    const named = id === String(organization) && known.name !== undefined ? ` (${known.name})` : "";
    throw new Problem(
        "organization-unseen",
        `${normaliseEmail(email)} does not see organization ${organization}${named}: deleted, or this token's user is no member`,
    );
}
