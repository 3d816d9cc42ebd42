import { Problem } from "section-model";
import { Slot } from "../run/memory";
import type { Session } from "../run/session";

const removed = new Slot(() => new Set<string>());

/**
 * Stops an operation that has removed as many sites as it may. The guard refuses at preview sites that leave a program;
 * this covers operations without such a preview, such as a destroy.
 */
export function countRemovedSite({ memory, settings: { maxDeletes } }: Session, id: string, hostname: string): void {
    const sites = memory.of(removed);
    if (maxDeletes !== undefined && !sites.has(id) && sites.size >= maxDeletes) {
        throw new Problem(
            "too-many-deletes",
            `${hostname} stays: this operation has removed ${sites.size} sites, and section:maxDeletes is ${maxDeletes}`,
            {
                remedy: "Allow it with SECTION_MAX_DELETES in the environment: a destroy does not see what was changed in the stack config since the last up",
            },
        );
    }
    sites.add(id);
}
