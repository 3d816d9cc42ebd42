import { z } from "zod";

/** The environment that every application has. */
export const productionName = "Production";

const reserved = new Map([
    ["create", "is a word of the API"],
    ["development", "is the name of the local instance's block"],
    ["head", "is a word of git"],
]);

/**
 * The name of an environment, which is also the name of its git branch: a letter, then letters and digits.
 * Case matters; `create`, `Development` and `HEAD` are reserved in every spelling.
 */
export const environmentNameSchema = z
    .string("must be the name of an environment, such as Staging")
    .regex(
        /^[A-Za-z][A-Za-z0-9]*$/,
        "must be a letter followed by letters and digits, such as Staging; no dashes, dots or blanks",
    )
    .max(64, "must be at most 64 characters")
    .refine((name) => !reserved.has(name.toLowerCase()), {
        error: (issue) =>
            `is reserved: ${issue.input} ${reserved.get(String(issue.input).toLowerCase())}; choose another name`,
    });
