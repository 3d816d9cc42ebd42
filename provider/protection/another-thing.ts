import { Problem } from "section-model";

/**
 * Refuses to delete a thing that has another name here than in the state. Ids count from 1 on every platform, so that a
 * state which is run against another endpoint would delete what somebody else has under them.
 *
 * @param found undefined where nothing has that id: then there is nothing to delete
 * @param remembered undefined where the state does not say
 */
export function refuseAnotherThing(thing: string, found: string | undefined, remembered: string | undefined): void {
    if (found === undefined || remembered === undefined || found === remembered) return;
    throw new Problem("another-thing", `${thing} is ${found} here and ${remembered} in the state; nothing was deleted`);
}
