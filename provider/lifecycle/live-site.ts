import { parseApplicationId } from "section-model";
import { listEnvironments } from "../client/environments";
import { unlessGone } from "./gone";
import { refuseLive } from "./live";
import type { Session } from "./session";

/**
 * Refuses to take a site away that visitors are served by, unless the settings allow it. False when it is gone already.
 */
export async function refuseLiveSite(session: Session, id: string, hostname: string): Promise<boolean> {
    const place = parseApplicationId(id);
    const environments = await unlessGone(listEnvironments(session.client, place));
    const domains = environments?.flatMap((each) => each.domains) ?? [];
    await refuseLive(session, place.organization, hostname, domains);
    return environments !== undefined;
}
