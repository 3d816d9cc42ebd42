import { lastDayOf } from "section-model";
import { judgeLastDay, type Lapse } from "../last-day";
import type { CheckedTeam } from "./observe";
import type { Members } from "./plan";

/** The list as it applies today: people whose last day is past are in `ended`. */
export function lapseTeam(inputs: Partial<CheckedTeam>, olds: Partial<CheckedTeam>, today: string): Lapse {
    const { members } = inputs;
    if (members === undefined) return { inputs: { ...inputs }, issues: [], warnings: [] };
    const kept: Members = {};
    const ended: string[] = [];
    const issues = [];
    const warnings = [];
    for (const [email, member] of Object.entries(members)) {
        const until = lastDayOf(member);
        const { isPast, warning } = until === undefined ? { isPast: false } : judgeLastDay(email, until, today);
        const before = olds.members?.[email];
        const isKnown = olds.ended?.includes(email) || (before !== undefined && lastDayOf(before) === until);
        if (warning !== undefined) warnings.push(warning);
        if (!isPast) kept[email] = member;
        else if (isKnown) ended.push(email);
        else {
            const reason = `is ${until}, which is past; name a later day, or leave ${email} out to end the membership`;
            issues.push({ property: `members[${JSON.stringify(email)}].until`, reason });
        }
    }
    return {
        inputs: { ...inputs, members: kept, ...(ended.length > 0 && { ended: ended.sort() }) },
        issues,
        warnings,
    };
}
