import { type ClaimChange, type ClaimOutcome, type Client, nameThing, setClaims } from "section-client";
import { Slot } from "../run/memory";
import type { Session } from "../run/session";

interface Batch {
    client: Client;
    changes: ClaimChange[];
    /** The things of the changes, by name. */
    things: Set<string>;
    outcomes: Promise<ClaimOutcome[]>;
}

/** Organization -> the changes that wait for their request. */
const waiting = new Slot(() => new Map<number, Batch>());

/**
 * Takes or releases one thing, in one request with all that come at the same time: a platform takes hundreds at once,
 * and an `up` takes those of a whole estate if its state is older than claims.
 */
export async function claimTogether(
    { client, memory }: Session,
    organization: number,
    change: ClaimChange,
): Promise<ClaimOutcome | undefined> {
    const batches = memory.of(waiting);
    const open = batches.get(organization);
    const name = nameThing(change.thing);
    // a request names a thing once
    const isOpen = open !== undefined && open.client === client && !open.things.has(name);
    if (!isOpen) {
        const changes: ClaimChange[] = [];
        const outcomes = new Promise((resolve) => setImmediate(resolve)).then(() => {
            if (batches.get(organization)?.changes === changes) batches.delete(organization);
            return setClaims(client, organization, changes);
        });
        batches.set(organization, { client, changes, things: new Set(), outcomes });
    }
    const { changes, things, outcomes } = batches.get(organization) as Batch;
    things.add(name);
    const index = changes.push(change) - 1;
    return (await outcomes)[index];
}
