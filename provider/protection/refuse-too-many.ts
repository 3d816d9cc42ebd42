import { isSilence, listApplications, listOrganizations } from "section-client";
import { Problem, parseEnvironmentId } from "section-model";
import type { Session } from "../run/session";
import { unlessGone } from "../run/unless-gone";
import { waysToKeep } from "./count-deletions";
import type { Leaving } from "./find-leaving";
import { hasClaims } from "./hold";
import { listLive } from "./live-domains";

/** A thing that counts for `section:maxDeletes`. */
type Counted = Pick<Leaving["sites"][number], "client" | "words">;

/** The ids of organizations and applications that still exist, of those that these things are in. */
async function listThere({ client }: Session, ids: readonly string[]): Promise<Set<string>> {
    const wanted = new Set(ids.map((id) => id.split("/")[0]));
    const records = (await listOrganizations(client)).filter(({ id }) => wanted.has(String(id)));
    const there = new Set(records.map(({ id }) => String(id)));
    for (const { id } of records)
        for (const application of (await unlessGone(listApplications(client, id))) ?? [])
            there.add(`${id}/${application.id}`);
    return there;
}

/** Hostnames that would go though they are live. Where the settings protect live ones, there are none. */
async function listLost(session: Session, hostnames: Leaving["hostnames"]): Promise<Counted[]> {
    if (!session.settings.allowLiveDelete) return [];
    const live = await Promise.all(
        hostnames.map((each) => listLive(session, parseEnvironmentId(each.environment), [each])),
    );
    return hostnames
        .filter((_, index) => live[index]?.length === 1)
        .map(({ hostname, client }) => ({ client, words: `live hostname ${hostname}` }));
}

/** What counts of things that leave. What somebody deleted by hand does not. */
async function listCounted(session: Session, { organizations, sites, environments, hostnames }: Leaving) {
    const things = [...organizations, ...sites, ...environments];
    if (things.length === 0 && hostnames.length === 0) return [];
    try {
        const there = await listThere(
            session,
            things.map(({ id }) => id),
        );
        const isThere = ({ id }: { id: string }) => there.has(id.split("/").slice(0, 2).join("/"));
        return [...things.filter(isThere), ...(await listLost(session, hostnames))];
    } catch (error) {
        if (isSilence(error)) return things;
        throw error;
    }
}

/** A line for each client, with its things. */
export function linesByClient(counted: readonly Counted[]): string[] {
    const clients = [...new Set(counted.map(({ client }) => client))].sort((one, other) => one.localeCompare(other));
    return clients.map((client) => {
        const words = counted.filter((each) => each.client === client).map((each) => each.words);
        return `  ${client}: ${words.sort().join(", ")}`;
    });
}

/** How to keep one of the things that would go, also if the state has it no more: only claims tell the guard that. */
async function howToKeep(session: Session): Promise<string> {
    const isKnown = await hasClaims(session).catch((error) => {
        if (isSilence(error)) return true;
        throw error;
    });
    return isKnown
        ? `To keep one, ${waysToKeep}. After pulumi state move, run pulumi-section up in the other stack first`
        : "To keep one, put it back into the program, give its new name an alias, or let the stack forget it and section-guard, each with pulumi state delete URN: this endpoint cannot tell what the stack has let go";
}

/**
 * Refuses that more leaves a program than `section:maxDeletes`: organizations, sites, environments and live hostnames,
 * each by its name. Names them too when they may go.
 */
export async function refuseTooMany(session: Session, leaving: Leaving): Promise<void> {
    const { maxDeletes } = session.settings;
    if (maxDeletes === undefined) return;
    const counted = await listCounted(session, leaving);
    const { length } = counted;
    if (length === 0) return;
    const lines = linesByClient(counted);
    const things = length === 1 ? "1 thing" : `${length} things`;
    if (length > maxDeletes)
        throw new Problem(
            "too-many-deletes",
            `${things} would be deleted at once, and section:maxDeletes is ${maxDeletes}`,
            {
                remedy: `${await howToKeep(session)}. To delete exactly these, with everything in them, set SECTION_MAX_DELETES=${length} for one command, or the stack config section:maxDeletes`,
                lines,
            },
        );
    const leaves = length === 1 ? "leaves" : "leave";
    session.tell(`section:maxDeletes is ${maxDeletes} and allows that ${things} ${leaves}:`);
    lines.forEach(session.tell);
}
