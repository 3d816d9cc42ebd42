import { hasClaims, isOfStack, type Session } from "pulumi-section/internal";
import { type Claim, type ClaimChange, listClaimable, type PlacedThing, readGraph, setClaims } from "section-client";
import { isProblem } from "section-model";
import { readClaims } from "../drift/other-stacks";
import type { StackLook } from "../engine/look-at-stack";
import { openSessions } from "../engine/stack-sessions";
import { sayCount } from "../report/say-count";

interface MovedThing extends PlacedThing {
    claim: Claim;
}

type StackName = Pick<Claim, "project" | "stack">;

const sayStack = ({ project, stack }: StackName) => `${project}/${stack}`;

/** Things that the state has by their claims, and whose claims name another stack. */
async function listMoved({ client }: Session, { state, owner }: StackLook): Promise<MovedThing[]> {
    return listClaimable(await readGraph(client)).flatMap((each) => {
        const { claim } = each;
        const isMoved = claim !== undefined && state.claims.has(claim.id) && !isOfStack(claim, owner);
        return isMoved ? [{ ...each, claim }] : [];
    });
}

/** Gives claims the words of the stack that has them. Their ids stay: the state knows them. */
async function rename(session: Session, { owner, state }: StackLook, moved: readonly MovedThing[]): Promise<void> {
    const { project, stack } = owner;
    for (const organization of new Set(moved.map((each) => each.organization))) {
        const changes = moved
            .filter((each) => each.organization === organization)
            .map(({ thing, claim: { id } }): ClaimChange => {
                const claim = { id, project, stack, resource: state.claims.get(id) as string };
                return { thing, expected: id, claim };
            });
        await setClaims(session.client, organization, changes);
    }
}

/** Things that moved here, by session: none where a platform cannot be asked, as the engine says so a moment later. */
async function findMoved(look: StackLook): Promise<[Session, MovedThing[]][]> {
    try {
        const sessions = await openSessions(look.state, look.choice);
        return await Promise.all(
            sessions.map(async (session): Promise<[Session, MovedThing[]]> => {
                return [session, (await hasClaims(session)) ? await listMoved(session, look) : []];
            }),
        );
    } catch (error) {
        if (!isProblem(error)) throw error;
        return [];
    }
}

/** What the former stack has now: whether a thing moved, or this state is a copy of its state. */
function readFormer({ project, stack }: StackName, { choice, owner }: StackLook): Promise<string[] | undefined> {
    return readClaims(project === owner.project ? stack : `organization/${project}/${stack}`, choice);
}

/** Claims that name other stacks, and whose resources this state has. */
export interface MovedClaims {
    /** What was done before the `up`. */
    lines: string[];
    /** Does the rest, once the `up` is applied: what moved here from stacks that nobody here can read. */
    finish(): Promise<string[]>;
}

/**
 * Makes claims name this stack where `pulumi state move` brought their resources here. Until then the stack that they
 * came from takes the things for its own, lost ones, and an `up` that gives them other names in this stack takes them
 * for another stack's. What the former stack still has is a copy here, and stays that stack's.
 */
export async function renameClaims(look: StackLook): Promise<MovedClaims> {
    const lines: string[] = [];
    const later: (() => Promise<string[]>)[] = [];
    const found = look.state.claims.size === 0 ? [] : await findMoved(look);
    for (const [session, things] of found)
        for (const former of new Map(things.map(({ claim }) => [sayStack(claim), claim])).values()) {
            const ofFormer = things.filter(({ claim }) => isOfStack(claim, former));
            const theirs = await readFormer(former, look);
            const moved = ofFormer.filter(({ claim }) => !theirs?.includes(claim.id));
            const work = () => tryToRename(session, look, moved, former);
            if (theirs === undefined) later.push(work);
            else lines.push(...(await work()));
            const copied = ofFormer.length - moved.length;
            if (copied > 0) {
                const [is, stay] = copied === 1 ? ["is", "stays"] : ["are", "stay"];
                const what = `${sayCount(copied, "thing")} of ${sayStack(former)}`;
                lines.push(`${what} ${is} in this state, too, and ${stay} that stack's`);
            }
        }
    return { lines, finish: async () => (await Promise.all(later.map((work) => work()))).flat() };
}

async function tryToRename(
    session: Session,
    look: StackLook,
    moved: readonly MovedThing[],
    former: StackName,
): Promise<string[]> {
    if (moved.length === 0) return [];
    const what = `claims of ${sayCount(moved.length, "thing")} that moved here from ${sayStack(former)}`;
    try {
        await rename(session, look, moved);
        return [`${what} name this stack now`];
    } catch (error) {
        if (!isProblem(error)) throw error;
        return [`${what} still name that one: ${error.message}`];
    }
}
