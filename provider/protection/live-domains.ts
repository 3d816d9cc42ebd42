import type { AttachedDomain } from "section-client";
import { listDomainStates } from "section-client";
import { Problem } from "section-model";
import type { Session } from "../run/session";
import { unlessForbidden } from "../run/unless-gone";

/**
 * Domains with whether they are live: as their environment says, else, on pure v1, as the organization's list does.
 * Undefined where this role may not see that.
 */
export async function withLiveState(
    { client }: Session,
    organization: number,
    domains: readonly AttachedDomain[],
): Promise<AttachedDomain[]> {
    const isSilent = domains.some(({ engaged }) => engaged === undefined);
    const states = isSilent ? await unlessForbidden(listDomainStates(client, organization)) : undefined;
    return domains.map((domain) => ({ ...domain, engaged: domain.engaged ?? states?.get(domain.hostname) }));
}

/** The hostnames among these that visitors are served by. */
export async function listLive(
    session: Session,
    organization: number,
    domains: readonly AttachedDomain[],
): Promise<string[]> {
    return (await withLiveState(session, organization, domains))
        .filter(({ engaged }) => engaged)
        .map(({ hostname }) => hostname);
}

/** Refuses to take away what visitors are served by, unless the settings allow it. */
export async function refuseLiveDomains(
    session: Session,
    organization: number,
    subject: string,
    domains: readonly AttachedDomain[],
): Promise<void> {
    if (session.settings.allowLiveDelete) return;
    const live = await listLive(session, organization, domains);
    if (live.length > 0) throw new Problem("live-protected", `${subject} serves visitors under ${live.join(", ")}`);
}
