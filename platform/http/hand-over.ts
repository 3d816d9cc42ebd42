import { z } from "zod";
import type { TakesFrom } from "../service/hostname-sources";
import { expectedClaimField } from "./claims";
import { idField } from "./fields";
import { extended } from "./schema-definitions";

/** The place that has a hostname now, in a body that brings it somewhere else. */
export const takesFromField = extended(
    "domain.take",
    z.strictObject({
        account_id: idField,
        application_id: idField,
        environment_name: z.string().min(1).max(300),
        claim: expectedClaimField,
    }),
);

/** The place that a body names. */
export function placeToTakeFrom(named: z.infer<typeof takesFromField>): TakesFrom | undefined {
    if (named === undefined) return undefined;
    return {
        accountId: named.account_id,
        applicationId: named.application_id,
        environment: named.environment_name,
        claim: named.claim,
    };
}
