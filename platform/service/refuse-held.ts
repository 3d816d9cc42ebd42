import { formatHolder, Problem } from "section-model";
import { type Container, type HeldThing, listHeldWithin } from "../store/claims";
import type { StoredClaim } from "../store/column";
import type { Database } from "../store/database";

/** The claim that a thing must have: its id, or `none` for a thing that nobody holds. Without one, as in v1. */
export type ExpectedClaim = string;

const mostNamed = 5;

/** Refuses to touch a thing that has another claim than the expected one. `what` names the thing. */
export function refuseOtherClaim(what: string, claim: StoredClaim | null, expected?: ExpectedClaim): void {
    if (expected === undefined || (claim?.id ?? "none") === expected) return;
    const holder = claim === null ? "nobody any more" : formatHolder(claim);
    throw new Problem("claim-held", `${what} is held by ${holder}`);
}

function nameOf({ kind, application_id, name, claim }: HeldThing): string {
    const names: Partial<Record<HeldThing["kind"], string>> = {
        member: `the membership of ${name}`,
        application: `application ${application_id}`,
        environment: `environment ${name} of application ${application_id}`,
    };
    return `${names[kind] ?? name} (${formatHolder(claim)})`;
}

/**
 * The same, and refuses as well if something in the thing is held by another project or stack than the claim's: it
 * would go along.
 */
export async function refuseHeld(
    transaction: Database,
    accountId: number,
    thing: { what: string; claim: StoredClaim | null; container: Container },
    toDelete: ExpectedClaim | undefined,
): Promise<void> {
    if (toDelete === undefined) return;
    const { what, claim, container } = thing;
    refuseOtherClaim(what, claim, toDelete);
    const { things, total } = await listHeldWithin(transaction, accountId, container, claim, mostNamed);
    if (total === 0) return;
    const others = total > things.length ? ` and ${total - things.length} more` : "";
    throw new Problem("claim-held", `${what} contains what others hold: ${things.map(nameOf).join(", ")}${others}`);
}
