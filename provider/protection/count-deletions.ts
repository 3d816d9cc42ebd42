import { isProblem, Problem } from "section-model";
import { Slot } from "../run/memory";
import type { Session } from "../run/session";

const deleted = new Slot(() => new Set<string>());

/** Ways to keep a thing that is to go. The last one gives up its claim, too. */
export const waysToKeep =
    "put it back into the program, give its new name an alias, or let the stack forget it: pulumi state delete URN, then pulumi-section drift --left release";

/**
 * Deletes a thing that counts for `section:maxDeletes`, unless this operation has deleted as many as it may. The guard
 * refuses at preview what leaves a program; this covers operations without such a preview, such as a destroy. A thing
 * that stays after all does not count.
 *
 * @param thing such as `site www.acme.example`
 */
export async function countDeletion(session: Session, thing: string, remove: () => Promise<void>): Promise<void> {
    const { maxDeletes } = session.settings;
    const things = session.memory.of(deleted);
    if (maxDeletes !== undefined && !things.has(thing) && things.size >= maxDeletes) {
        throw new Problem(
            "too-many-deletes",
            `${thing} stays: this operation has deleted ${things.size}, and section:maxDeletes is ${maxDeletes}`,
            {
                remedy: `To keep it, ${waysToKeep}. To delete it as well, set a larger SECTION_MAX_DELETES in the environment: a destroy does not see what was changed in the stack config since the last up`,
            },
        );
    }
    things.add(thing);
    try {
        await remove();
    } catch (error) {
        // after a lost reply it may be gone
        if (!isProblem(error) || !error.isUncertain) things.delete(thing);
        throw error;
    }
}
