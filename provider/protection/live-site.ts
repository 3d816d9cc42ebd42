import { listEnvironments } from "section-client";
import { parseApplicationId } from "section-model";
import type { Session } from "../run/session";
import { unlessGone } from "../run/unless-gone";
import { refuseLiveDomains } from "./live-domains";

/** Refuses to remove a site that serves visitors, unless the settings allow it. False when it is gone already. */
export async function refuseLiveSite(session: Session, id: string, hostname: string): Promise<boolean> {
    const place = parseApplicationId(id);
    const environments = await unlessGone(listEnvironments(session.client, place));
    const domains = environments?.flatMap((each) => each.domains) ?? [];
    await refuseLiveDomains(session, place, hostname, domains);
    return environments !== undefined;
}
