import { type ApplicationPlace, type EnvironmentPlace, listApplications, listEnvironments } from "section-client";
import { Problem, resourceId } from "section-model";
import { sayDrift } from "../history/say-drift";
import { refuseLostOrganization } from "../protection/unseen-organization";
import { findEnvironmentRecord } from "../run/find-branch";
import { type Memory, Slot } from "../run/memory";
import type { Session } from "../run/session";
import { isGone, unlessGone } from "../run/unless-gone";
import { findApplicationRecord } from "./application/observe";
import type { Sought } from "./noun";

/** Environments that are gone and that a change of this operation makes again, by id. */
const remade = new Slot(() => new Set<string>());

export function noteRemade(memory: Memory, id: string): void {
    memory.of(remade).add(id);
}

/** The result of a request about an organization. Where there is none, the problem says what the token does not see. */
export async function explainLost<T>(session: Session, organization: string, asked: Promise<T>): Promise<T> {
    return asked.catch(async (error) => {
        if (isGone(error)) await refuseLostOrganization(session, organization, {});
        throw error;
    });
}

/** Says who deleted a thing, and what to do. A refresh asks the platform, and changes only the state. */
async function refuseGone(session: Session, kind: string, id: string): Promise<never> {
    const [line] = await sayDrift(session, { kind, id, known: {} });
    throw new Problem("not-found", line as string, {
        remedy: "Run `pulumi refresh`, which changes only the state; then the preview shows what an `up` makes again",
    });
}

/** Refuses to change what is in an application that is gone: an `up` makes one only where the state has none. */
export async function refuseGoneSite(session: Session, place: ApplicationPlace): Promise<void> {
    if ((await findApplicationRecord(session.client, place)) !== undefined) return;
    const id = resourceId.application(place);
    await refuseLostOrganization(session, id, {});
    await refuseGone(session, "application", id);
}

/**
 * Refuses a new thing at preview whose application is gone, or whose organization is: an `up` finds out by itself.
 *
 * @param holder the id of what it is to be in; undefined where that is not known yet
 */
export async function preflightHolder(
    session: Session,
    holder: string | undefined,
    { claimant, there }: Sought,
): Promise<void> {
    if (holder === undefined || there !== undefined || claimant?.isPreview !== true) return;
    const { client } = session;
    const [organization, application] = holder.split("/").map(Number) as [number, number?];
    if (application === undefined) await explainLost(session, holder, listApplications(client, organization));
    // who looks for an existing thing of that name asks the same
    else if ((await unlessGone(listEnvironments(client, { organization, application }))) === undefined)
        await refuseGoneSite(session, { organization, application });
}

/** Refuses to change what is in an environment that is gone, unless this operation makes that again. */
export async function refuseGoneEnvironment(session: Session, place: EnvironmentPlace): Promise<void> {
    const id = resourceId.environment(place);
    if (session.memory.of(remade).has(id)) return;
    if ((await unlessGone(findEnvironmentRecord(session, place))) !== undefined) return;
    await refuseGoneSite(session, place);
    await refuseGone(session, "environment", id);
}
