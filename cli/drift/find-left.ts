import { hasClaims, isOfStack, type Session } from "pulumi-section/internal";
import { type Claim, type GraphOrganization, listClaimable, type PlacedThing, readGraph } from "section-client";
import { resourceId } from "section-model";
import { readProjectName, readStackName } from "../engine/project";
import type { StackChoice } from "../engine/stack-config";
import { openSessions } from "../engine/stack-sessions";
import { readState, type State } from "../engine/state";
import { findMark } from "../engine/unsaved-mark";

/** A thing that this stack claimed and that its state does not have. */
export interface LeftThing extends PlacedThing {
    claim: Claim;
    /**
     * True when an `up` makes it now, or was killed while it did: the state has begun with its resource, or an `up` has
     * begun that saves the state at its end only.
     */
    isBegun: boolean;
    /** For requests about it. */
    session: Session;
    /** Everything that there is where it is. */
    graph: readonly GraphOrganization[];
}

/** The stack as claims name it, where its state has nothing that names it. */
async function readOwner(choice: StackChoice): Promise<NonNullable<State["owner"]>> {
    return { project: await readProjectName(choice.cwd ?? "."), stack: await readStackName(choice) };
}

/** The ids of the things that a state has, those of a team's people as well. */
function listKnown({ resources }: State): Set<string> {
    return new Set(
        resources.flatMap(({ kind, id, outputs }) => {
            if (kind !== "team") return [`${kind} ${id}`];
            const people = Object.keys((outputs.members as object | undefined) ?? {});
            return people.map((email) => `membership ${resourceId.membership({ organization: Number(id), email })}`);
        }),
    );
}

/** The candidates of one session: they have a claim of the stack that no resource of the state has. */
async function listCandidates(
    session: Session,
    state: State,
    owner: NonNullable<State["owner"]>,
): Promise<Omit<LeftThing, "isBegun">[]> {
    if (!(await hasClaims(session))) return [];
    const graph = await readGraph(session.client);
    const known = listKnown(state);
    return listClaimable(graph).flatMap((each) => {
        const { kind, id, claim } = each;
        if (claim === undefined || !isOfStack(claim, owner)) return [];
        return state.claims.has(claim.id) || known.has(`${kind} ${id}`) ? [] : [{ ...each, claim, session, graph }];
    });
}

/**
 * Finds the things that a stack claimed and that its state does not have: of an `up` that was killed after it had made
 * them, whose program was then edited. A larger thing stands before those in it.
 */
export async function findLeft(state: State, choice: StackChoice): Promise<LeftThing[]> {
    const owner = state.owner ?? (await readOwner(choice));
    const seen = new Map<string, Omit<LeftThing, "isBegun">>();
    for (const session of await openSessions(state, choice))
        for (const each of await listCandidates(session, state, owner))
            seen.set(`${session.settings.endpoint} ${each.kind} ${each.id}`, each);
    if (seen.size === 0) return [];
    // what an `up` made in between is in the state of now, at least as begun
    const [now, mark] = await Promise.all([readState(choice), findMark(choice)]);
    const known = listKnown(now);
    return [...seen.values()].flatMap((each) => {
        const { kind, id, claim } = each;
        if (now.claims.has(claim.id) || known.has(`${kind} ${id}`)) return [];
        return [{ ...each, isBegun: mark !== undefined || now.begun.has(claim.resource) }];
    });
}
