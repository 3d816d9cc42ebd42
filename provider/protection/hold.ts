import { randomBytes } from "node:crypto";
import { type Claim, readFeatures } from "section-client";
import { type NewClaim, Problem } from "section-model";
import type { Claimant } from "../run/claimant";
import type { Session } from "../run/session";
import { claimTogether } from "./claim-together";
import { isOfStack, sayClaim } from "./claim-words";
import type { ClaimSight } from "./read-claim";

/** The claim of a declaration: it comes with each thing that the declaration makes. */
export interface Hold {
    claim: NewClaim;
    /** True when the declaration agrees to take things over from anybody. */
    consents: boolean;
}

/**
 * A hold for a declaration. Undefined where the endpoint has no claims.
 *
 * @param known the id of the claim that the state remembers
 */
export async function openHold(
    session: Session,
    claimant: Claimant | undefined,
    known?: unknown,
): Promise<Hold | undefined> {
    if (claimant === undefined || !(await hasClaims(session))) return undefined;
    const { project, stack, resource } = claimant;
    return {
        claim: { id: String(known || makeClaimId()), project, stack, resource },
        consents: claimant.adopt === true || isAdoptionAgreed(session, resource),
    };
}

export async function hasClaims({ client }: Session): Promise<boolean> {
    return (await readFeatures(client)).extensions.has("claims");
}

/** An id that no other claim has. */
export function makeClaimId(): string {
    return randomBytes(15).toString("base64url");
}

/** True when the settings of a stack agree to take the thing of a resource over. */
export function isAdoptionAgreed({ settings: { adopt } }: Session, resource: string): boolean {
    return adopt === "all" || adopt?.includes(resource) === true;
}

/** True when the hold may take what somebody uses: its stack has it, or that is agreed to. */
export function isTakenByHold({ claim, consents }: Hold, counts: Claim | undefined): boolean {
    return consents || (counts !== undefined && isOfStack(counts, claim));
}

/** True when the hold may go on with a thing, or take it over, without asking: nothing is taken from another stack. */
export function mayTake(hold: Hold, counts: Claim | undefined): boolean {
    return counts === undefined || isTakenByHold(hold, counts);
}

/** Refuses a change of a thing that another stack has. */
export function refuseHeld(kind: string, id: string, hold: Hold, counts: Claim | undefined): void {
    if (mayTake(hold, counts)) return;
    const { resource } = hold.claim;
    throw new Problem("claim-held", `${kind} ${id} belongs to ${sayClaim(counts)}; ${resource} cannot change it`, {
        remedy: "Take the resource out of the program, which keeps the thing; or take it over with adopt: true",
    });
}

/**
 * Takes the claim to a thing, if it is still as it was seen. A thing that comes with a larger one of the same stack
 * needs no claim of its own.
 *
 * @returns the id of the claim that the state has to remember
 */
export async function takeClaim(session: Session, { claim }: Hold, sight: ClaimSight): Promise<string> {
    const { organization, thing, own, counts } = sight;
    if (own === undefined && counts !== undefined && isOfStack(counts, claim)) return counts.id;
    const answer = await claimTogether(session, organization, { thing, expected: own?.id ?? null, claim });
    if (answer?.outcome === "set") return claim.id;
    throw new Problem("claim-held", `${sayClaim(answer?.claim)} has it now, which ${sayClaim(own)} had a moment ago`, {
        remedy: "Run it again, so that the preview shows that",
    });
}
