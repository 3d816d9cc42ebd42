import type { BranchAddress, EnvironmentPlace, Head } from "section-client";
import { type AllBranches, withAllBranches } from "section-client";
import { type EnvironmentInputs, Problem } from "section-model";
import type { Memory } from "../../run/memory";
import { refuseConflict, refuseMovedContent, refuseUnknown } from "./conflict";
import { planEdits, type RememberedContent, rememberContent } from "./content";
import { changedContent, configOf } from "./promotion-content";

/** Trailers of a commit's message: the promoted commit, and the one to restore when nothing is promoted any more. */
export const promotedLine = "Promoted-Commit";
const overLine = "Promoted-Over";

export interface Promoted extends Head {
    promotedOver?: string;
}

interface PromotedBefore extends RememberedContent {
    head?: string;
    promotedOver?: string;
}

/**
 * The commit to restore when the first promotion is undone: the branch's head, or the one that its promotion replaced.
 */
export async function findPromotedOver(branches: AllBranches): Promise<string> {
    return (await branches.trailer(branches.head.commit, overLine)) ?? branches.head.commit;
}

function messageOf(environment: string, target: string, over: string | undefined): string {
    const subject =
        over === undefined
            ? `Roll back ${environment} to ${target.slice(0, 10)}`
            : `Promote ${target.slice(0, 10)} to ${environment}`;
    const lines = [`${promotedLine}: ${target}`, ...(over === undefined ? [] : [`${overLine}: ${over}`])];
    return `${subject}\n\n${lines.join("\n")}\n`;
}

/**
 * Gives a branch the content of another commit, as one commit on top of its head. Environments' blocks stay, except for
 * properties that this environment declares. Without a commit to promote, restores the content from before the first
 * promotion.
 *
 * @param seen the head of the branch that a person could last see
 * @param refuseHead throws for a head that nobody reviewed
 */
export async function syncPromotion(
    memory: Memory,
    place: EnvironmentPlace,
    address: BranchAddress,
    inputs: EnvironmentInputs,
    {
        before,
        seen,
        refuseHead,
    }: { before: PromotedBefore | undefined; seen: string | undefined; refuseHead?: (commit: string) => void },
): Promise<Promoted> {
    const target = inputs.promote ?? before?.promotedOver;
    if (target === undefined)
        throw new Problem("internal", `nobody knows what ${place.environment} had before its first promotion`);
    return withAllBranches(address, async (branches) => {
        await refuseUnknown(branches, target);
        if (before !== undefined)
            await refuseConflict(
                place.environment,
                await branches.checkOut(branches.head.commit),
                rememberContent(inputs),
                before,
            );
        await refuseMovedContent(branches, place.environment, seen, target);
        const over =
            inputs.promote === undefined ? undefined : (before?.promotedOver ?? (await findPromotedOver(branches)));
        const { environments } = await configOf(branches, branches.head.commit);
        const checkout = await branches.checkOut(target);
        const edits = await planEdits(checkout, place.environment, inputs, {}, { memory, blocks: environments });
        if ((await changedContent(branches, branches.head.commit, target)).length > 0)
            refuseHead?.(branches.head.commit);
        const head = await checkout.commit(edits, messageOf(place.environment, target, over));
        return { ...head, promotedOver: over };
    });
}
