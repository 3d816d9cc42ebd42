import { Problem } from "section-model";
import type { Session } from "../run/session";

/**
 * Refuses to replace a domain that served visitors at the last look, unless the settings allow it. A domain that moves
 * in one step may be live; a message says so.
 *
 * @param replaces the changed inputs that cause the replacement
 */
export function refuseLiveReplacement(
    { settings, tell }: Session,
    id: string,
    replaces: readonly string[],
    isSeamless = false,
): void {
    if (settings.allowLiveDelete) return;
    const changes = replaces.join(" and ");
    if (!isSeamless)
        throw new Problem(
            "live-protected",
            `${id} is live and changing ${changes} would take it away and make it anew`,
        );
    tell(`${id} is live and moves in one step: its visitors are served by the new ${changes} from then on`);
}
