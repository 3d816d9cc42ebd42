import { z } from "zod";

const longest = 255;

/** A name, telephone number or company as people write them of themselves: one line. */
export const personalLineSchema = z
    .string("must be a text")
    .max(longest, `is longer than ${longest} characters`)
    .refine((text) => !/[\0-\x1f\x7f\u2028\u2029]/.test(text), "must not have control characters");
