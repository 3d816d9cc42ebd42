import type { Member } from "../auth/caller";
import { getAccount } from "./accounts";
import type { Context } from "./context";

/** The person an account would be billed to, and the date since. Nothing is metered and nothing is owed. */
export async function getBillingSummary(context: Context, member: Member): Promise<{ owner: string; since: Date }> {
    const { email, created_at } = await getAccount(context, member);
    return { owner: email, since: created_at };
}
