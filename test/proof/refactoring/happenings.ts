import { awaited } from "./awaited";
import { editProgram, refreshState, replaceThings } from "./edit-happenings";
import type { Happening } from "./happening";
import type { Actor } from "./history";
import {
    declareTheSame,
    makeSiteByHand,
    useAnotherPlatform,
    useAnotherStack,
    useWeakerToken,
} from "./outside-happenings";

/** Everything that can happen, as often as its weight. */
export function listHappenings(actors: Actor[]): { name: string; happening: Happening }[] {
    const weighted: [string, number, Happening][] = [
        ["edit", 14, editProgram],
        ["replace", 2, replaceThings],
        ["refresh", 1, refreshState],
        ["site by hand", 1, makeSiteByHand],
        ["weaker token", 2, useWeakerToken],
        ["another stack", 2, useAnotherStack(actors)],
        ["same sites in another stack", 2, declareTheSame],
        ["another platform", 1, useAnotherPlatform],
    ];
    return weighted
        .filter(([name]) => !awaited.includes(name))
        .flatMap(([name, weight, happening]) => Array.from({ length: weight }, () => ({ name, happening })));
}
