import { isSilence } from "section-client";
import type { NewClaim } from "section-model";
import type { DeclaredThings } from "../run/declared-things";
import { type Memory, Slot } from "../run/memory";
import type { Session } from "../run/session";
import { isOfStack, sayClaim } from "./claim-words";
import type { Leaving } from "./find-leaving";
import { hasClaims } from "./hold";
import { readClaim } from "./read-claim";
import { linesByClient } from "./refuse-too-many";

/** A stack, as claims name it. */
export type OwningStack = Pick<NewClaim, "project" | "stack">;

interface LetGo {
    reason: string;
    /** False for a thing of nobody. */
    isHeld: boolean;
}

const letGo = new Slot(() => new Map<string, LetGo>());

/**
 * The reason not to delete a thing that the guard has not counted, because its claim is not of this stack. Undefined
 * when it may go. So the count is true, whatever the state still has.
 *
 * @param hadClaim false for a thing that the state has without a claim: nobody gave one up
 */
export function reasonLetGo(memory: Memory, kind: string, id: string, hadClaim: boolean): string | undefined {
    const found = memory.of(letGo).get(`${kind} ${id}`);
    return found !== undefined && (found.isHeld || hadClaim) ? found.reason : undefined;
}

/** What the guard knows of the declarations. */
interface Declarations {
    before: DeclaredThings;
    after: DeclaredThings;
    /** The stack, by all names that it has had. */
    owners: readonly OwningStack[];
}

const idOfHostname = ({ environment, hostname }: { environment: string; hostname: string }) =>
    `${environment}/${hostname}`;

/** Ids by kind, the larger things first: of what had a resource of its own, and is not removed by a Team that stays. */
function listAsked(leaving: Leaving, { before, after }: Declarations): [kind: string, ids: string[]][] {
    const domains = new Set(before.domains.map(([hostname, environment]) => idOfHostname({ environment, hostname })));
    const memberships = new Set(before.people);
    const teams = new Set([...before.teams, ...after.teams].map(([id]) => id));
    const isFree = (id: string) => memberships.has(id) && !teams.has(id.split("/")[0] ?? "");
    return [
        ["organization", leaving.organizations.map(({ id }) => id)],
        ["application", leaving.sites.map(({ id }) => id)],
        ["environment", leaving.environments.map(({ id }) => id)],
        ["domain", leaving.hostnames.map(idOfHostname).filter((id) => domains.has(id))],
        ["membership", leaving.people.filter(isFree)],
    ];
}

/** The ids of the things that contain this one. */
function holdersOf(id: string): string[] {
    const parts = id.split("/");
    return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join("/"));
}

/** Things that exist and whose claims are not of this stack, such as `application 1335/7171` -> why they stay. */
async function findLetGo(session: Session, leaving: Leaving, declarations: Declarations): Promise<Map<string, LetGo>> {
    const found = new Map<string, LetGo>();
    const going = new Set<string>();
    for (const [kind, ids] of listAsked(leaving, declarations)) {
        // what is in a thing that goes, goes with it
        const asked = ids.filter((id) => !holdersOf(id).some((holder) => going.has(holder)));
        const sights = await Promise.all(asked.map((id) => readClaim(session, kind, id)));
        for (const [index, id] of asked.entries()) {
            const sight = sights[index];
            const counts = sight?.counts;
            const isOurs = counts !== undefined && declarations.owners.some((owner) => isOfStack(counts, owner));
            if (sight === undefined || isOurs) going.add(id);
            else
                found.set(`${kind} ${id}`, {
                    reason: `it belongs to ${sayClaim(counts)}`,
                    isHeld: counts !== undefined,
                });
        }
    }
    return found;
}

type IsKept = (kind: string, id: string) => boolean;

/** Names what stays, by client. */
function tellLetGo(session: Session, leaving: Leaving, isKept: IsKept): void {
    const { organizations, sites, environments, hostnames, people } = leaving;
    session.tell("what left the program and does not belong to this stack stays:");
    const things = [
        ...organizations.filter(({ id }) => isKept("organization", id)),
        ...sites.filter(({ id }) => isKept("application", id)),
        ...environments.filter(({ id }) => isKept("environment", id)),
        ...hostnames
            .filter((each) => isKept("domain", idOfHostname(each)))
            .map(({ client, hostname }) => ({ client, words: `hostname ${hostname}` })),
        ...people
            .filter((id) => isKept("membership", id))
            .map((id) => ({ client: `organization ${id.split("/")[0]}`, words: id.slice(id.indexOf("/") + 1) })),
    ];
    linesByClient(things).forEach(session.tell);
}

/** What leaves without the things that stay. What was in one of those leaves alone. */
function withoutKept(leaving: Leaving, isKept: IsKept): Leaving {
    const organizations = leaving.organizations.filter(({ id }) => !isKept("organization", id));
    const sites = leaving.sites.filter(({ id }) => !isKept("application", id));
    const environments = leaving.environments.filter(({ id }) => !isKept("environment", id));
    const going = new Set([...sites, ...environments].map(({ id }) => id));
    const siteOf = (environment: string) => environment.split("/").slice(0, 2).join("/");
    return {
        organizations,
        sites,
        environments: environments.map((each) => ({ ...each, isAlone: !going.has(siteOf(each.id)) })),
        hostnames: leaving.hostnames
            .filter((each) => !isKept("domain", idOfHostname(each)))
            .map((each) => {
                const isWithin = going.has(each.environment) || going.has(siteOf(each.environment));
                return { ...each, isAlone: !isWithin };
            }),
        people: leaving.people.filter((id) => !isKept("membership", id)),
    };
}

/**
 * Leaves out what the stack has let go, so that this operation deletes none of it: nobody has the claim, or another
 * stack has it. A state that forgot a thing, or gave it to another stack, is no fact that a provider can see. Where the
 * endpoint has no claims or does not answer, nothing is left out.
 */
export async function withoutLetGo(session: Session, leaving: Leaving, declarations: Declarations): Promise<Leaving> {
    if (declarations.owners.length === 0 || Object.values(leaving).every(({ length }) => length === 0)) return leaving;
    try {
        if (!(await hasClaims(session))) return leaving;
        const found = await findLetGo(session, leaving, declarations);
        if (found.size === 0) return leaving;
        for (const [thing, each] of found) session.memory.of(letGo).set(thing, each);
        const isKept: IsKept = (kind, id) => found.has(`${kind} ${id}`);
        tellLetGo(session, leaving, isKept);
        return withoutKept(leaving, isKept);
    } catch (error) {
        if (isSilence(error)) return leaving;
        throw error;
    }
}
