import type { NewClaim } from "section-model";
import { z } from "zod";

/** Whose a thing is. */
export interface Claim extends NewClaim {
    /** ISO 8601. */
    claimedAt: string;
}

/** The claim in an answer. Endpoints without the extension `claims` never give one. */
export const claimSchema = z
    .looseObject({
        id: z.string(),
        project: z.string(),
        stack: z.string(),
        resource: z.string(),
        claimed_at: z.string(),
    })
    .transform(
        ({ id, project, stack, resource, claimed_at }): Claim => ({
            id,
            project,
            stack,
            resource,
            claimedAt: claimed_at,
        }),
    )
    .optional();

/**
 * The path that deletes a thing.
 *
 * @param claim the id of the claim that the thing must have, or `none`; it needs the extension `claims`
 */
export function makeDeletePath(path: string, claim: string | undefined): string {
    return claim === undefined ? path : `${path}?claim=${encodeURIComponent(claim)}`;
}
