import { hasClaims, isOfStack, type Session } from "pulumi-section/internal";
import { type Claim, type ClaimChange, listClaimable, type PlacedThing, readGraph, setClaims } from "section-client";
import type { StackLook } from "../engine/look-at-stack";
import { openSessions } from "../engine/stack-sessions";
import { readState } from "../engine/state";
import { sayCount } from "../report/say-count";

interface MovedThing extends PlacedThing {
    claim: Claim;
}

/** Things that the state had by their claims before the `up`, and whose claims name another stack. */
async function listMoved({ client }: Session, { state, owner }: StackLook): Promise<MovedThing[]> {
    return listClaimable(await readGraph(client)).flatMap((each) => {
        const { claim } = each;
        const isMoved = claim !== undefined && state.claims.has(claim.id) && !isOfStack(claim, owner);
        return isMoved ? [{ ...each, claim }] : [];
    });
}

/**
 * Gives claims the words of the stack that has them. Their ids stay: the state knows them.
 *
 * @param names ids of claims -> the names that the resources have after the `up`
 */
async function rename(
    session: Session,
    look: StackLook,
    names: ReadonlyMap<string, string>,
    moved: readonly MovedThing[],
): Promise<void> {
    const { project, stack } = look.owner;
    for (const organization of new Set(moved.map((each) => each.organization))) {
        const changes = moved
            .filter((each) => each.organization === organization && names.has(each.claim.id))
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
    const lines: string[] = [];
    if (look.state.claims.size === 0) return lines;
    for (const session of await openSessions(look.state, look.choice)) {
        if (!(await hasClaims(session))) continue;
        const moved = await listMoved(session, look);
        if (moved.length === 0) continue; // as nearly always: the state of a large stack takes seconds to read
        await rename(session, look, (await readState(look.choice)).claims, moved);
        const stacks = new Set(moved.map(({ claim: { project, stack } }) => `${project}/${stack}`));
        for (const stack of stacks) {
            const count = moved.filter(({ claim }) => `${claim.project}/${claim.stack}` === stack).length;
            lines.push(`claims of ${sayCount(count, "thing")} that moved here from ${stack} name this stack now`);
        }
    }
    return lines;
}
