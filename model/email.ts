import { z } from "zod";

/** The normal form of an e-mail address, for comparing: trimmed and in lower case. */
export function normaliseEmail(text: string): string {
    return text.trim().toLowerCase();
}

const grammar = /^[^\s\p{C}@<>(),;:"\\[\]]+@[^\s\p{C}@<>(),;:"\\[\]]+\.[^\s\p{C}@<>(),;:"\\[\]]+$/u;

/** An e-mail address, normalised. */
export const emailSchema = z
    .string("must be an e-mail address")
    .transform(normaliseEmail)
    .refine(
        (text) => text.length <= 254 && grammar.test(text),
        "must be an e-mail address such as jane@agency.example",
    );
