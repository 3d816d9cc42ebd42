import type { Client } from "section-client";
import { Problem } from "section-model";
import type { Session } from "../run/session";

const removed = new WeakMap<Client, Set<string>>();

/**
 * Stops an operation when it has removed as many sites as it may. The guard refuses at preview what leaves a program;
 * this is for what no preview asks about, such as a destroy.
 */
export function countRemovedSite({ client, settings: { maxDeletes } }: Session, id: string, hostname: string): void {
    const sites = removed.get(client) ?? new Set();
    removed.set(client, sites);
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
