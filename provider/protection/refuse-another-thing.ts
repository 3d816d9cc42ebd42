import { Problem } from "section-model";

/**
 * Refuses to delete a thing that has another name here than in the state. Ids count from 1 on every platform: with
 * another endpoint, a state would delete other things with the same ids.
 *
 * @param found undefined when nothing has that id: then there is nothing to delete
 * @param remembered undefined when the state does not have it
 */
export function refuseAnotherThing(thing: string, found: string | undefined, remembered: string | undefined): void {
    if (found === undefined || remembered === undefined || found === remembered) return;
    throw new Problem("another-thing", `${thing} is ${found} here and ${remembered} in the state; nothing was deleted`);
}
