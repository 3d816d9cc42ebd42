import { z } from "zod";

const dayMs = 86_400_000;

/** The day of an instant. Days are whole days of UTC everywhere. */
export function utcDay(instant: Date = new Date()): string {
    return instant.toISOString().slice(0, 10);
}

/** The number of days from `today` to `day`; negative when it is past. */
export function daysUntil(day: string, today: string): number {
    return Math.round((Date.parse(day) - Date.parse(today)) / dayMs);
}

function isOnCalendar(day: string): boolean {
    const instant = new Date(day);
    return !Number.isNaN(instant.getTime()) && utcDay(instant) === day;
}

/** A day such as `2026-12-31`. */
export const calendarDaySchema = z
    .string("must be a day such as 2026-12-31")
    .regex(/^\d{4}-\d{2}-\d{2}$/, { error: "must be a day such as 2026-12-31", abort: true })
    .refine(isOnCalendar, "is not a day of the calendar");
