import type { ApplicationPlace } from "section-client";
import { Problem } from "section-model";
import type { Session } from "../run/session";
import { type CheckedHostname, foreseeLive } from "./live-domains";

/** Something with hostnames that is to be replaced. */
interface Replaced {
    id: string;
    place: ApplicationPlace;
    /** The hostnames that go with it. */
    domains: readonly CheckedHostname[];
}

/**
 * Refuses to replace a thing that serves visitors, unless the settings allow it. A domain that moves in one step may be
 * live; a message says so.
 *
 * @param replaces the changed inputs that cause the replacement
 */
export async function refuseLiveReplacement(
    session: Session,
    { id, place, domains }: Replaced,
    replaces: readonly string[],
    isSeamless = false,
): Promise<void> {
    if (session.settings.allowLiveDelete) return;
    if ((await foreseeLive(session, id, place, domains)).length === 0) return;
    const changes = replaces.join(" and ");
    if (!isSeamless)
        throw new Problem("live-protected", `${id} is live and changing ${changes} would delete it and make a new one`);
    session.tell(`${id} is live and moves in one step: its visitors are served by the new ${changes} from then on`);
}
