import { parseCommit } from "./object-format";
import type { ObjectStore } from "./object-store";

/** Single commits back from a newer one; each is a file to read. */
const walkedSteps = 20;

/**
 * True when the older commit is a short way back from the newer one, along commits with one parent. False says nothing:
 * git is asked about longer ways and merges.
 */
export async function isShortlyBefore(
    objects: Pick<ObjectStore, "read">,
    older: string,
    newer: string,
): Promise<boolean> {
    let at: string | undefined = newer;
    for (let steps = 0; at !== undefined && steps < walkedSteps; steps += 1) {
        if (at === older) return true;
        const { parents } = parseCommit(at, (await objects.read(at)).data);
        if (parents.length > 1) return false;
        at = parents[0];
    }
    return false;
}
