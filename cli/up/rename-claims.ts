import { hasClaims, isOfStack, type Session } from "pulumi-section/internal";
import { type Claim, type ClaimChange, listClaimable, type PlacedThing, readGraph, setClaims } from "section-client";
import type { StackLook } from "../engine/look-at-stack";
import { openSessions } from "../engine/stack-sessions";
import { readState } from "../engine/state";
import { sayCount } from "../report/say-count";

interface MovedThing extends PlacedThing {
    claim: Claim;
}

/** Things that the state has by their claims, and whose claims name another stack. */
async function listMoved(session: Session, look: StackLook, names: ReadonlyMap<string, string>): Promise<MovedThing[]> {
    return listClaimable(await readGraph(session.client)).flatMap((each) => {
        const { claim } = each;
        const isMoved = claim !== undefined && names.has(claim.id) && !isOfStack(claim, look.owner);
        return isMoved ? [{ ...each, claim }] : [];
    });
}

/** Gives claims the words of the stack that has them. Their ids stay: the state knows them. */
async function rename(
    session: Session,
    look: StackLook,
    names: ReadonlyMap<string, string>,
    moved: readonly MovedThing[],
): Promise<void> {
    const { project, stack } = look.owner;
    for (const organization of new Set(moved.map((each) => each.organization))) {
        const changes = moved
            .filter((each) => each.organization === organization)
            .map(({ thing, claim: { id } }): ClaimChange => {
                const claim = { id, project, stack, resource: names.get(id) as string };
                return { thing, expected: id, claim };
            });
        await setClaims(session.client, organization, changes);
    }
}

/**
 * Makes claims name this stack where `pulumi state move` brought their resources here. Until then the stack that they
 * came from takes the things for its own, lost ones.
 *
 * @returns lines about it
 */
export async function renameClaims(look: StackLook): Promise<string[]> {
    const state = await readState(look.choice);
    const lines: string[] = [];
    for (const session of await openSessions(state, look.choice)) {
        if (!(await hasClaims(session))) continue;
        const moved = await listMoved(session, look, state.claims);
        await rename(session, look, state.claims, moved);
        const stacks = new Set(moved.map(({ claim: { project, stack } }) => `${project}/${stack}`));
        for (const stack of stacks) {
            const count = moved.filter(({ claim }) => `${claim.project}/${claim.stack}` === stack).length;
            lines.push(`claims of ${sayCount(count, "thing")} that moved here from ${stack} name this stack now`);
        }
    }
    return lines;
}
