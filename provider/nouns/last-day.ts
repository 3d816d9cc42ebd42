import { daysUntil, type Issue } from "section-model";
import type { Properties } from "../run/properties";

/** Previews warn this many days before the last day. */
const warningDays = 14;

/** Inputs as they apply today. */
export interface Lapse {
    inputs: Properties;
    issues: Issue[];
    warnings: string[];
}

/** Whether a last day is past today, or so near that a warning is due. */
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
