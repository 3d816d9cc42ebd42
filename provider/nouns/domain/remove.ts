import { detachDomain, type EnvironmentPlace, listApplications } from "section-client";
import { isProblem, Problem, parseDomainId } from "section-model";
import { listLive } from "../../protection/live-domains";
import type { Session } from "../../run/session";
import { isGone } from "../../run/unless-gone";
import type { Found } from "../noun";
import { findAttached } from "./observe";

/** The application's own hostname stays as long as the application. */
async function staysWithApplication(
    { client }: Session,
    { organization, application }: EnvironmentPlace,
    hostname: string,
): Promise<boolean> {
    return (await listApplications(client, organization)).some(
        ({ id, name }) => id === application && name.toLowerCase() === hostname,
    );
}

async function refuseLiveDomain(session: Session, place: EnvironmentPlace, hostname: string): Promise<void> {
    if (session.settings.allowLiveDelete) return;
    const [live] = await listLive(session, place, [{ hostname }]);
    // it may have moved to another environment meanwhile, which then serves it
    if (live === undefined || (await findAttached(session, place, hostname)) === undefined) return;
    if (await staysWithApplication(session, place, hostname)) return;
    throw new Problem("live-protected", `${hostname} serves visitors`);
}

/** Needs no check that the domain is the remembered one: its id contains the hostname. */
export async function removeDomain(session: Session, { id }: Pick<Found<object>, "id">, claim?: string): Promise<void> {
    const { hostname, ...place } = parseDomainId(id);
    await refuseLiveDomain(session, place, hostname);
    try {
        await detachDomain(session.client, place, hostname, claim);
    } catch (error) {
        if (!isGone(error) && !(isProblem(error) && error.code === "domain-names-application")) throw error;
    }
}
