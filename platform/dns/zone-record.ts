import { z } from "zod";
import { type RecordData, type RecordType, recordTypes } from "./record-data";

/** All records of one name and one type in a zone. */
export interface ZoneRecord {
    /** The full name, without a trailing dot. */
    name: string;
    type: RecordType;
    ttlSeconds: number;
    data: RecordData[];
}

const leastTtlSeconds = 60;
const mostTtlSeconds = 604_800;

/** The time to live of records that are made without one. */
export const defaultTtlSeconds = 300;

export const ttlSchema = z
    .int("must be a whole number of seconds")
    .min(leastTtlSeconds, `must be at least ${leastTtlSeconds} seconds`)
    .max(mostTtlSeconds, `must be at most ${mostTtlSeconds} seconds, a week`);

export const recordTypeSchema = z
    .string()
    .transform((text) => text.trim().toUpperCase())
    .pipe(z.enum(recordTypes, `must be one of ${recordTypes.join(", ")}`));

/** Types that give the target of a name in different forms; one can take the place of another. */
export const addressTypes: readonly RecordType[] = ["A", "ALIAS", "CNAME"];
