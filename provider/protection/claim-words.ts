import type { Claim } from "section-client";
import { formatHolder, type NewClaim } from "section-model";

/** The holder of a thing in words: `agency/prod www`, or `nobody`. */
export function sayClaim(claim: Claim | undefined): string {
    return claim === undefined ? "nobody" : formatHolder(claim);
}

/** True when two claims are of resources of one stack. */
export function isOfStack(
    claim: Pick<NewClaim, "project" | "stack">,
    { project, stack }: Pick<NewClaim, "project" | "stack">,
): boolean {
    return claim.project === project && claim.stack === stack;
}
