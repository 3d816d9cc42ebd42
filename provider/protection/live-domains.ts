import type { AttachedDomain } from "section-client";
import { listDomainStates } from "section-client";
import { Problem } from "section-model";
import type { Session } from "../run/session";
import { unlessForbidden } from "../run/unless-gone";

/**
 * Adds to domains whether they are live, from their environment or, on pure v1, from the organization's list. Undefined
 * where the caller's role may not see that.
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

/** The hostnames among these that serve visitors. */
export async function listLive(
    session: Session,
    organization: number,
    domains: readonly AttachedDomain[],
): Promise<string[]> {
    return (await withLiveState(session, organization, domains))
        .filter(({ engaged }) => engaged)
        .map(({ hostname }) => hostname);
}

/** Refuses to remove domains that serve visitors, unless the settings allow it. */
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
