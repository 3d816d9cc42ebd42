import type { Member } from "../auth/caller";
import { imageExists } from "../catalogue/images";
import type { AcceptedUpdate } from "../git/push/push";
import type { PushRules } from "../git/push/push-policy";
import type { Context } from "./context";
import { recordDeployments } from "./deployments";
import { payloadExists } from "./payloads";

/**
 * The rules for content that a member brings to an application, by git or in a request.
 *
 * @param environments the branches that are deployed
 */
export function pushRules(context: Context, { accountId }: Member, environments: readonly string[]): PushRules {
    const { compileVcl } = context;
    return {
        environments,
        imageExists,
        payloadExists: (payload) => payloadExists(context, accountId, payload),
        compileVcl,
    };
}

/** Counts the branches that were moved, and notes their deployments. */
export async function recordPush(
    context: Context,
    member: Member,
    applicationId: number,
    updates: readonly AcceptedUpdate[],
): Promise<void> {
    context.repositories.pushedBranches += updates.length;
    await recordDeployments(context, member, applicationId, updates);
}
