import { z } from "zod";

/** The number of a thing; clients keep it in 32 bits. */
export const idField = z
    .int()
    .min(1)
    .max(2 ** 31 - 1);

/** A moment, in UTC. */
export const instantField = z.iso.datetime();
