import { listOrganizations, readCaller } from "section-client";
import { normaliseEmail, Problem, parseOrganizationId } from "section-model";
import type { Session } from "../run/session";

/**
 * Refuses to take a thing for gone whose organization this token does not see: v1 answers the same for an organization
 * that was deleted and for one that the token's user is no member of. One shared request, whatever is asked about.
 *
 * @param id of anything: every id begins with that of the organization
 * @param known what the state has of it: of an organization its name
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
