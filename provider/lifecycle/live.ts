import { isProblem, Problem } from "section-model";
import { listDomainStates } from "../client/domains";
import type { AttachedDomain } from "../client/environments";
import type { Session } from "./session";

/** The hostnames among these that visitors are served by. Where an environment does not say, its organization does. */
export async function listLive({ client }: Session, organization: number, domains: readonly AttachedDomain[]): Promise<string[]> {
    const silent = domains.some(({ engaged }) => engaged === undefined);
    const states = silent ? await listDomainStates(client, organization).catch(unlessForbidden) : undefined;
    return domains.filter(({ engaged, hostname }) => engaged ?? states?.get(hostname)).map(({ hostname }) => hostname);
}

function unlessForbidden(error: unknown): undefined {
    if (isProblem(error) && error.code === "forbidden") return undefined; // this role may not list them, nor delete anything
    throw error;
}

/** Refuses to take away what visitors are served by, unless the settings allow it. */
export async function refuseLive(session: Session, organization: number, subject: string, domains: readonly AttachedDomain[]): Promise<void> {
    if (session.settings.allowLiveDelete) return;
    const live = await listLive(session, organization, domains);
    if (live.length > 0) throw new Problem("live-protected", `${subject} serves visitors under ${live.join(", ")}`);
}
