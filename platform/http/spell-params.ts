import type { Member } from "../auth/caller";
import type { Context } from "../service/context";
import { spellEnvironment } from "../service/environments";

/** The parameters of a path; an environment's name in its own spelling, in whatever case of letters it was sent. */
export async function spellParams(context: Context, member: Member | undefined, params: unknown): Promise<unknown> {
    const { applicationId, environmentName } = (params ?? {}) as { applicationId?: number; environmentName?: string };
    if (member === undefined || applicationId === undefined || environmentName === undefined) return params;
    const name = await spellEnvironment(context, member, applicationId, environmentName);
    return { ...(params as object), environmentName: name };
}
