import { Problem } from "section-model";
import type { Session } from "../run/session";

/**
 * Refuses to replace what visitors were served by when it was last looked at, unless the settings allow it. What moves
 * in one step may be live, which is said.
 *
 * @param replaces the inputs that make another object of it
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
