import { hasClaims, isOfStack, type Session } from "pulumi-section/internal";
import { type Claim, type GraphOrganization, listClaimable, type PlacedThing, readGraph } from "section-client";
import { resourceId } from "section-model";
import { readProjectName, readStackName } from "../engine/project";
import type { StackChoice } from "../engine/stack-config";
import { openSessions } from "../engine/stack-sessions";
import { readState, type State } from "../engine/state";
import { findMark } from "../engine/unsaved-mark";
import { type LeftClient, LeftClients } from "./left-agency";
import { findClaimsElsewhere } from "./other-stacks";

/** A thing that this stack claimed and that its state does not have. */
export interface LeftThing extends PlacedThing {
    claim: Claim;
    /**
     * True when an `up` makes it now, or was killed while it did: the state has begun with its resource, or an `up` has
     * begun that saves the state at its end only.
     */
    isBegun: boolean;
    /** Another stack of this backend, whose state has the claim: the thing is not left. */
    heldBy?: string;
    /** The client of an `Agency` whose declaration takes it back. */
    client?: LeftClient;
    /** For requests about it. */
    session: Session;
    /** Everything that there is where it is. */
    graph: readonly GraphOrganization[];
}

/** What no other stack has. */
export function withoutHeld(left: readonly LeftThing[]): LeftThing[] {
    return left.filter(({ heldBy }) => heldBy === undefined);
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

type Candidate = Omit<LeftThing, "isBegun" | "heldBy" | "client">;

/** The candidates of one session: they have a claim of the stack that no resource of the state has. */
async function listCandidates(
    session: Session,
    state: State,
    owner: NonNullable<State["owner"]>,
): Promise<Candidate[]> {
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
 * them, whose program was then edited. A larger thing stands before those in it. Things that the state of another stack
 * has are among them, and say so.
 */
export async function findLeft(state: State, choice: StackChoice): Promise<LeftThing[]> {
    const owner = state.owner ?? (await readOwner(choice));
    const seen = new Map<string, Candidate>();
    for (const session of await openSessions(state, choice))
        for (const each of await listCandidates(session, state, owner))
            seen.set(`${session.settings.endpoint} ${each.kind} ${each.id}`, each);
    if (seen.size === 0) return [];
    // what an `up` made in between is in the state of now, at least as begun
    const [now, mark, elsewhere] = await Promise.all([
        readState(choice),
        findMark(choice),
        findClaimsElsewhere(choice, owner),
    ]);
    const known = listKnown(now);
    const clients = new LeftClients(now, choice.cwd ?? ".");
    const left: LeftThing[] = [];
    for (const each of seen.values()) {
        const { kind, id, claim, graph } = each;
        if (now.claims.has(claim.id) || known.has(`${kind} ${id}`)) continue;
        const heldBy = elsewhere.get(claim.id);
        const client = await clients.find(claim.resource, each, graph);
        const isBegun = mark !== undefined || now.begun.has(claim.resource);
        left.push({ ...each, isBegun, ...(heldBy && { heldBy }), ...(client && { client }) });
    }
    return left;
}
