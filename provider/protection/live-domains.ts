import { type ApplicationPlace, type AttachedDomain, listDomainStates, verifyDomain } from "section-client";
import { isProblem, Problem } from "section-model";
import { Slot } from "../run/memory";
import type { Session } from "../run/session";
import { unlessForbidden, unlessGone } from "../run/unless-gone";
import { unlessSilent } from "../run/unless-silent";

/** A hostname, and whether it was live at the last check. */
export type CheckedHostname = Pick<AttachedDomain, "hostname" | "engaged">;

/**
 * Adds to domains whether they were live at the last check, from their environment or, on pure v1, from the
 * organization's list. Undefined where the caller's role may not see that.
 */
export async function withLiveState<D extends CheckedHostname>(
    { client }: Session,
    organization: number,
    domains: readonly D[],
): Promise<D[]> {
    const isSilent = domains.some(({ engaged }) => engaged === undefined);
    const states = isSilent ? await unlessForbidden(listDomainStates(client, organization)) : undefined;
    return domains.map((domain) => ({ ...domain, engaged: domain.engaged ?? states?.get(domain.hostname) }));
}

/** A platform that cannot ask the DNS says so by the extension; in v1 the request fails. */
async function verify(session: Session, place: ApplicationPlace, domain: CheckedHostname): Promise<boolean> {
    const { hostname } = domain;
    const tellOld = (reason: string, isLive: boolean) =>
        session.tell(
            `${hostname}: the platform could not ask the DNS now (${reason}), so its last answer counts: ${isLive ? "live" : "not live"}`,
        );
    try {
        const state = await unlessGone(verifyDomain(session.client, place, hostname));
        if (state?.unanswered !== undefined) tellOld(state.unanswered, state.isEngaged);
        return state?.isEngaged === true;
    } catch (error) {
        if (!isProblem(error) || error.code !== "internal") throw error;
        const [last] = await withLiveState(session, place.organization, [domain]);
        tellOld(error.detail, last?.engaged === true);
        return last?.engaged === true;
    }
}

const answers = new Slot(() => new Map<string, Promise<boolean>>());

/** Verified once per hostname and run: a preview of a site, its environments and its domains asks for each. */
function isLiveNow(session: Session, place: ApplicationPlace, domain: CheckedHostname): Promise<boolean> {
    const all = session.memory.of(answers);
    const key = `${place.organization}/${domain.hostname}`;
    const answer = all.get(key) ?? verify(session, place, domain);
    all.set(key, answer);
    answer.catch(() => all.delete(key));
    return answer;
}

/** The hostnames among these that serve visitors now, whatever the last check found. */
export async function listLive(
    session: Session,
    place: ApplicationPlace,
    domains: readonly CheckedHostname[],
): Promise<string[]> {
    const live = await Promise.all(domains.map((domain) => isLiveNow(session, place, domain)));
    return domains.filter((_, index) => live[index]).map(({ hostname }) => hostname);
}

/** The same for a preview. If the platform does not answer, the last known state counts, and a line says so. */
export async function foreseeLive(
    session: Session,
    subject: string,
    place: ApplicationPlace,
    domains: readonly CheckedHostname[],
): Promise<string[]> {
    const live = await unlessSilent(session, subject, listLive(session, place, domains));
    return live ?? domains.filter(({ engaged }) => engaged).map(({ hostname }) => hostname);
}

/** Refuses to remove domains that serve visitors, unless the settings allow it. */
export async function refuseLiveDomains(
    session: Session,
    place: ApplicationPlace,
    subject: string,
    domains: readonly CheckedHostname[],
): Promise<void> {
    if (session.settings.allowLiveDelete) return;
    const live = await listLive(session, place, domains);
    if (live.length > 0) throw new Problem("live-protected", `${subject} serves visitors under ${live.join(", ")}`);
}
