import type { BranchAddress, Checkout, EnvironmentPlace, FileEdits, Head } from "section-client";
import { type AllBranches, withAllBranches } from "section-client";
import { type EnvironmentInputs, isCommitId, Problem } from "section-model";
import type { Memory } from "../../run/memory";
import { findSiteOrigin } from "../declared-site";
import { type MessageParts, makePromotionMessage, overLine } from "./commit-message";
import { refuseConflict, refuseMovedContent, refuseUnknown } from "./conflict";
import { type ManagedContent, type RememberedContent, rememberContent } from "./content";
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

/** The content of a commit, and what is declared over it. Environments' blocks are those of the branch. */
export async function planPromotion(
    branches: AllBranches,
    target: string,
    environment: string,
    declared: ManagedContent,
    memory: Memory,
): Promise<{ checkout: Checkout; edits: FileEdits }> {
    const { environments } = await configOf(branches, branches.head.commit);
    const checkout = await branches.checkOut(target);
    return { checkout, edits: await planEdits(checkout, environment, declared, {}, { memory, blocks: environments }) };
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
    if (!isCommitId(target))
        throw new Problem("invalid-input", `nobody knows which commit ${JSON.stringify(target)} is`, {
            remedy: "The platform did not answer when this operation began: run it again",
            property: "promote",
        });
    return withAllBranches(address, async (branches) => {
        await refuseUnknown(branches, target);
        if (seen !== undefined && seen !== branches.head.commit) {
            const present = await branches.checkOut(branches.head.commit);
            const past = await findOwnPast(present, { maker: parts.maker, email: address.person.email, known: seen });
            const siteOrigin = findSiteOrigin(memory, inputs);
            if (before !== undefined)
                await refuseConflict(place.environment, present, rememberContent(inputs), before, {
                    ...past,
                    siteOrigin,
                });
            if (!past.isOwn) await refuseMovedContent(branches, place.environment, seen, target);
        }
        const over =
            inputs.promote === undefined ? undefined : (before?.promotedOver ?? (await findPromotedOver(branches)));
        const { checkout, edits } = await planPromotion(branches, target, place.environment, inputs, memory);
        const changed = await changedContent(branches, branches.head.commit, target);
        if (changed.length > 0) refuseHead?.(branches.head.commit);
        const files = changed.length > 0 ? changed.map((change) => change.path) : [...edits.keys()];
        const message = makePromotionMessage(place.environment, { target, over, files }, parts);
        const head = await checkout.commit(edits, message);
        return { ...head, promotedOver: over };
    });
}
