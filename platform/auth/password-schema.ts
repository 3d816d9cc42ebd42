import { z } from "zod";

const shortest = 10;
const longest = 256;

/** A password that protects something and that can be hashed in bounded time. */
export const passwordSchema = z
    .string("must be a password")
    .refine(
        (text) => text.length >= shortest && text.length <= longest,
        `must have ${shortest} to ${longest} characters`,
    );
