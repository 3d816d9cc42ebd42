import { hasClaims, isAdoptionAgreed, makeClaimId, mayTake, type Session, sayClaim } from "pulumi-section/internal";
import { type Claim, type ClaimChange, listClaimable, type PlacedThing, readGraph, setClaims } from "section-client";
import { type NewClaim, Problem, resourceId } from "section-model";
import { type ImportedResource, programNameOf } from "../export/import-file";

/** A stack as claims name it. */
export type ClaimingStack = Pick<NewClaim, "project" | "stack">;

const mostNamed = 10;

/** The ids of a resource's things. A team's are the memberships of its people. */
function thingIdsOf({ type, id, outputs }: ImportedResource): string[] {
    if (!type.endsWith(":Team")) return [id];
    const people = Object.keys(outputs.members as object);
    return people.map((email) => resourceId.membership({ organization: Number(id), email }));
}

interface Taking extends PlacedThing {
    wanted: NewClaim;
}

/** The claim that counts: its own, or that of the application that it comes with. */
function holderOf({ claim, comesWith }: PlacedThing): Claim | undefined {
    return claim ?? comesWith?.claim;
}

/** Refuses things of another stack, unless the settings allow to take them over. */
function refuseOthers(session: Session, takings: readonly Taking[]): void {
    const held = takings.filter((taking) => {
        const { wanted: claim } = taking;
        return !mayTake({ claim, consents: isAdoptionAgreed(session, claim.resource) }, holderOf(taking));
    });
    if (held.length === 0) return;
    const more = held.length > mostNamed ? [`  and ${held.length - mostNamed} more`] : [];
    const shown = held.slice(0, mostNamed);
    throw new Problem("takes-over", `other stacks hold ${held.length} of these things`, {
        remedy: "Leave them out of the export, or take them over with SECTION_ADOPT=true in the environment",
        lines: [...shown.map((taking) => `  ${taking.wanted.resource}: ${sayClaim(holderOf(taking))}`), ...more],
    });
}

/** Takes things, each as it was seen. What somebody else took meanwhile is refused, and stays theirs. */
async function take({ client }: Session, takings: readonly Taking[]): Promise<void> {
    for (const organization of new Set(takings.map((each) => each.organization))) {
        const own = takings.filter((each) => each.organization === organization);
        const changes = own.map(
            ({ thing, claim, wanted }): ClaimChange => ({ thing, expected: claim?.id ?? null, claim: wanted }),
        );
        const answers = await setClaims(client, organization, changes);
        const lost = answers.flatMap(({ outcome, claim }, index) => {
            if (outcome === "set") return [];
            const now = outcome === "missing" ? "is gone" : `belongs to ${sayClaim(claim)} now`;
            return [`  ${own[index]?.wanted.resource}: ${now}`];
        });
        if (lost.length === 0) continue;
        throw new Problem("claim-held", `${lost.length} of these things changed while this command ran`, {
            remedy: "Adopt again: this stack keeps what it has claimed",
            lines: lost.slice(0, mostNamed),
        });
    }
}

/**
 * Claims existing things for a stack that imports them, so that no other stack changes or deletes them. Refuses things
 * of another stack, unless the settings allow to take them over. Returns the resources with the claims that the state
 * has to remember; unchanged where the endpoint has no claims.
 */
export async function claimThings(
    session: Session,
    stack: ClaimingStack,
    resources: readonly ImportedResource[],
): Promise<ImportedResource[]> {
    const { client } = session;
    if (!(await hasClaims(session))) return [...resources];
    const things = new Map(listClaimable(await readGraph(client)).map((each) => [each.id, each]));
    const claiming = resources.map((resource) => {
        const wanted = { ...stack, id: makeClaimId(), resource: programNameOf(resource) };
        return { resource, wanted };
    });
    const takings = claiming.flatMap(({ resource, wanted }): Taking[] =>
        thingIdsOf(resource).flatMap((id) => {
            const thing = things.get(id);
            return thing === undefined ? [] : [{ ...thing, wanted }];
        }),
    );
    refuseOthers(session, takings);
    await take(session, takings);
    return claiming.map(({ resource, wanted }) => ({
        ...resource,
        outputs: { ...resource.outputs, __claim: wanted.id },
    }));
}
