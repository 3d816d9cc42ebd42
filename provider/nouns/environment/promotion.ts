import type { BranchAddress, EnvironmentPlace, Head } from "section-client";
import { type AllBranches, withAllBranches } from "section-client";
import { type EnvironmentInputs, Problem } from "section-model";
import type { Memory } from "../../run/memory";
import { type MessageParts, makePromotionMessage, overLine } from "./commit-message";
import { refuseConflict, refuseMovedContent, refuseUnknown } from "./conflict";
import { type RememberedContent, rememberContent } from "./content";
import { findOwnPast } from "./own-past";
import { planEdits } from "./plan-edits";
import { changedContent, configOf } from "./promotion-content";

export interface Promoted extends Head {
    promotedOver?: string;
}

interface PromotedBefore extends RememberedContent {
    head?: string;
    promotedOver?: string;
}

interface Circumstances {
    before: PromotedBefore | undefined;
    /** The head of the branch that a person could last see. */
    seen: string | undefined;
    parts: MessageParts;
    /** Throws for a head that nobody reviewed. */
    refuseHead?: (commit: string) => void;
}

/**
 * The commit to restore when the first promotion is undone: the branch's head, or the one that its promotion replaced.
 */
export async function findPromotedOver(branches: AllBranches): Promise<string> {
    return (await branches.trailer(branches.head.commit, overLine)) ?? branches.head.commit;
}

/**
 * Gives a branch the content of another commit, as one commit on top of its head. Environments' blocks stay, except for
 * properties that this environment declares. Without a commit to promote, restores the content from before the first
 * promotion.
 */
export async function syncPromotion(
    memory: Memory,
    place: EnvironmentPlace,
    address: BranchAddress,
    inputs: EnvironmentInputs,
    { before, seen, parts, refuseHead }: Circumstances,
): Promise<Promoted> {
    const target = inputs.promote ?? before?.promotedOver;
    if (target === undefined)
        throw new Problem("internal", `nobody knows what ${place.environment} had before its first promotion`);
    return withAllBranches(address, async (branches) => {
        await refuseUnknown(branches, target);
        if (seen !== undefined && seen !== branches.head.commit) {
            const present = await branches.checkOut(branches.head.commit);
            const past = await findOwnPast(present, { maker: parts.maker, email: address.person.email, known: seen });
            if (before !== undefined)
                await refuseConflict(place.environment, present, rememberContent(inputs), before, past);
            if (!past.isOwn) await refuseMovedContent(branches, place.environment, seen, target);
        }
        const over =
            inputs.promote === undefined ? undefined : (before?.promotedOver ?? (await findPromotedOver(branches)));
        const { environments } = await configOf(branches, branches.head.commit);
        const checkout = await branches.checkOut(target);
        const edits = await planEdits(checkout, place.environment, inputs, {}, { memory, blocks: environments });
        if ((await changedContent(branches, branches.head.commit, target)).length > 0)
            refuseHead?.(branches.head.commit);
        const head = await checkout.commit(edits, makePromotionMessage(place.environment, { target, over }, parts));
        return { ...head, promotedOver: over };
    });
}
