import type { DiffResult } from "@pulumi/pulumi/dynamic";
import { isSame, type Properties, withoutInternal } from "../run/properties";
import { hasUnknown } from "../run/unknown";
import { noteDeclaration } from "./note-declaration";
import type { NounInRun } from "./noun-in-run";

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
    const { noun, open } = asked;
    const wanted: Properties = { ...news, ...noun.condense?.outputs(news as never) };
    const keys = (noun.compares as readonly string[]).filter(
        (key) => hasUnknown(wanted[key]) || !isSame(wanted[key], olds[key]),
    );
    const replaces = noun.replacesOn.filter((key) => keys.includes(key));
    // a replaced thing is declared under its next id, and the present one is deleted. With unknown values the engine
    // only asks what would happen to a dependent, with its previous declaration
    if (replaces.length === 0 && !hasUnknown(news)) noteDeclaration(asked, id, news);
    const found = { id, outputs: withoutInternal(olds) as never };
    const { hasWork = false, isTakenOver = false } =
        (await noun.judgeChange?.(open, found, { wanted: withoutInternal(wanted) as never, keys, replaces })) ?? {};
    if (keys.length === 0) return { changes: hasWork };
    // undefined: the engine itself shows best which inputs differ
    return {
        changes: undefined,
        replaces,
        deleteBeforeReplace: replaces.length > 0 && !isTakenOver,
    } as DiffResult;
}
