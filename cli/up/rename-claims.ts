import { hasClaims, isOfStack, type Session } from "pulumi-section/internal";
import { type Claim, type ClaimChange, listClaimable, type PlacedThing, readGraph, setClaims } from "section-client";
import { isProblem } from "section-model";
import type { StackLook } from "../engine/look-at-stack";
import type { StackChoice } from "../engine/stack-config";
import { openSessions } from "../engine/stack-sessions";
import { readState } from "../engine/state";
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

/**
 * The ids of claims that another stack has, too: this state is a copy of its state, and nothing has moved. None where
 * that stack is gone, or where nobody here can read it.
 */
async function readClaimsOf({ project, stack }: StackName, { choice, owner }: StackLook): Promise<ReadonlySet<string>> {
    const other: StackChoice = {
        ...choice,
        stack: project === owner.project ? stack : `organization/${project}/${stack}`,
    };
    try {
        return new Set((await readState(other)).claims.keys());
    } catch (error) {
        if (!isProblem(error)) throw error;
        return new Set();
    }
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

/** Nothing where the platform does not answer: the engine says so a moment later. */
async function findMoved(session: Session, look: StackLook): Promise<MovedThing[]> {
    try {
        return (await hasClaims(session)) ? await listMoved(session, look) : [];
    } catch (error) {
        if (!isProblem(error)) throw error;
        return [];
    }
}

/**
 * Makes claims name this stack where `pulumi state move` brought their resources here. Until then the stack that they
 * came from takes the things for its own, lost ones, and an `up` that gives them other names in this stack takes them
 * for another stack's.
 *
 * @returns lines about it
 */
export async function renameClaims(look: StackLook): Promise<string[]> {
    const lines: string[] = [];
    if (look.state.claims.size === 0) return lines;
    for (const session of await openSessions(look.state, look.choice)) {
        const found = await findMoved(session, look);
        for (const former of new Map(found.map(({ claim }) => [sayStack(claim), claim])).values()) {
            const theirs = await readClaimsOf(former, look);
            const ofFormer = found.filter(({ claim }) => sayStack(claim) === sayStack(former));
            const moved = ofFormer.filter(({ claim }) => !theirs.has(claim.id));
            await rename(session, look, moved);
            if (moved.length > 0)
                lines.push(
                    `claims of ${sayCount(moved.length, "thing")} that moved here from ${sayStack(former)} name this stack now`,
                );
            const copied = ofFormer.length - moved.length;
            if (copied > 0)
                lines.push(
                    `${sayCount(copied, "thing")} of ${sayStack(former)} ${copied === 1 ? "is" : "are"} in this state, too, and ${copied === 1 ? "stays" : "stay"} that stack's`,
                );
        }
    }
    return lines;
}
