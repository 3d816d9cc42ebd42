import type { DiffResult } from "@pulumi/pulumi/dynamic";
import { mayTake, openHold } from "../protection/hold";
import { isClaimable, readClaim } from "../protection/read-claim";
import { notePlatform, refuseOtherPlatform } from "../protection/refuse-other-platform";
import { isSame, type Properties, withoutInternal } from "../run/properties";
import { hasUnknown } from "../run/unknown";
import { unlessSilent } from "../run/unless-silent";
import { claimProperty, platformProperty, refuseHeldChange } from "./hold-object";
import { claimantOf, noteDeclaration } from "./note-declaration";
import type { NounInRun } from "./noun-in-run";
import { noteRestore } from "./restore-declared";

/**
 * True in an `up` for a state without a claim, where the endpoint has claims and no other stack has the thing: an older
 * version has written the state, or a refresh found another claim. A preview sends no request for that, and shows no
 * change.
 */
async function lacksClaim(asked: NounInRun, id: string, olds: Properties, news: Properties): Promise<boolean> {
    const claimant = claimantOf(asked, news);
    if (olds[claimProperty] !== undefined || claimant?.isPreview !== false) return false;
    const { kind } = asked.noun;
    const hold = await openHold(asked.open(), claimant);
    if (hold === undefined || !isClaimable(kind)) return hold !== undefined;
    return mayTake(hold, (await readClaim(asked.open(), kind, id))?.counts);
}

/**
 * Compares a declaration with the object in the state, and decides between update and replacement.
 *
 * @param olds the outputs
 * @param news the checked inputs
 */
export async function diffDeclaration(
    asked: NounInRun,
    id: string,
    olds: Properties,
    news: Properties,
): Promise<DiffResult> {
    const { noun, memory, open } = asked;
    notePlatform(memory, olds[platformProperty]);
    const wanted: Properties = { ...news, ...noun.condense?.outputs(news as never) };
    const keys = (noun.compares as readonly string[]).filter(
        (key) => hasUnknown(wanted[key]) || !isSame(wanted[key], olds[key]),
    );
    const replaces = noun.replacesOn.filter((key) => keys.includes(key));
    // a replaced thing is declared under its next id, and the present one is deleted. With unknown values the engine
    // only asks what would happen to a dependent, with its previous declaration
    if (replaces.length === 0 && !hasUnknown(news)) noteDeclaration(asked, id, news, olds[claimProperty]);
    if (keys.length > 0)
        await unlessSilent(open(), `${noun.kind} ${id}`, refuseOtherPlatform(open(), olds[platformProperty]));
    const found = { id, outputs: withoutInternal(olds) as never };
    const { hasWork = false, isTakenOver = false } =
        (await noun.judgeChange?.(open, found, {
            wanted: withoutInternal(wanted) as never,
            keys,
            replaces,
            memory,
        })) ?? {};
    const changes = keys.length > 0 || hasWork;
    // with unknown values the engine only asks what would happen to a dependent
    if (changes && !hasUnknown(news)) {
        const refusal = refuseHeldChange(asked, id, olds, news);
        await unlessSilent(open(), `${noun.kind} ${id}`, refusal);
    }
    if (!changes) noteRestore(asked, id, news, olds);
    if (keys.length === 0) return { changes: hasWork || (await lacksClaim(asked, id, olds, news)) };
    // undefined: the engine itself shows best which inputs differ
    return {
        changes: undefined,
        replaces,
        deleteBeforeReplace: replaces.length > 0 && !isTakenOver,
    } as DiffResult;
}
