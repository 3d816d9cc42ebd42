import { daysUntil, type Issue } from "section-model";
import type { Properties } from "../run/properties";

/** How long before the last day previews begin to speak of it. */
const warningDays = 14;

/** Inputs as they count today. */
export interface Lapse {
    inputs: Properties;
    issues: Issue[];
    warnings: string[];
}

/** What a last day means today: past, or so near that people should know. */
export function judgeLastDay(who: string, until: string, today: string): { isPast: boolean; warning?: string } {
    const days = daysUntil(until, today);
    if (days < 0) return { isPast: true };
    if (days > warningDays) return { isPast: false };
    const when = days === 0 ? "today" : days === 1 ? "tomorrow" : `in ${days} days`;
    return {
        isPast: false,
        warning: `${who} is a member until ${until}, which is ${when}: the first up after it ends the membership`,
    };
}
