import { type RawBuilder, type SqlBool, sql } from "kysely";

const minuteMs = 60_000;

/**
 * True for a time that has come, and for one that lies further ahead than anybody sets it: then a clock was ahead when
 * it was set, and nobody should wait until that time is here.
 *
 * @param furthest the latest time that is set now; clocks of replicas may differ by a minute
 */
export function hasCome(column: string, now: Date, furthest: Date): RawBuilder<SqlBool> {
    const never = new Date(furthest.getTime() + minuteMs);
    return sql<SqlBool>`(${sql.ref(column)} <= ${now} or ${sql.ref(column)} > ${never})`;
}
