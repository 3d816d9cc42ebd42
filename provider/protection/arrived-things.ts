import type { Client } from "section-client";

const arrivals = new WeakMap<Client, Set<string>>();

const setOf = (client: Client) => {
    const known = arrivals.get(client) ?? new Set();
    arrivals.set(client, known);
    return known;
};

/**
 * Remembers that this operation has made something or taken it over. The engine starts a process per operation, so a
 * preview of it knows nothing of what came before the preview.
 *
 * @param what such as `organization 1335`
 */
export function noteArrival(client: Client, what: string): void {
    setOf(client).add(what);
}

/**
 * True when this operation has made it or taken it over: no preview can have shown what was found there. What an
 * operation only finds as it is declared has not arrived; `declared-now.ts` knows both.
 */
export function hasArrived(client: Client, what: string): boolean {
    return setOf(client).has(what);
}
