import { z } from "zod";

/** The id of a claim: random text of the program that holds the thing. It is no secret. */
export const claimIdSchema = z
    .string("must be the id of a claim")
    .regex(/^[A-Za-z0-9_-]{16,64}$/, "must be 16 to 64 letters, digits, - or _");

/** A word of a claim for people. A database keeps no half of a character, and a line of a log no line breaks. */
function wordSchema(longest: number) {
    return z
        .string("must be a text")
        .min(1, "is empty")
        .max(longest, `is longer than ${longest} characters`)
        .refine((text) => !/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u.test(text), "must not have control characters");
}

/** Whose a thing is, as the holder says it: the words are Pulumi's project and stack, and the name of the resource. */
export const newClaimSchema = z.strictObject({
    id: claimIdSchema,
    project: wordSchema(200),
    stack: wordSchema(200),
    resource: wordSchema(300),
});

export type NewClaim = z.infer<typeof newClaimSchema>;

/** The holder of a claim in words: `agency/prod acme-www`. */
export function formatHolder({ project, stack, resource }: Omit<NewClaim, "id">): string {
    return `${project}/${stack} ${resource}`;
}
