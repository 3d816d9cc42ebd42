import { z } from "zod";

// The rules of settings. Each takes the text of an environment variable too, and says in one sentence what it wants.

function number(what: string, least: number, most: number) {
    const reason = `must be a number of ${what}, from ${least} to ${most}`;
    return z.coerce.number(reason).min(least, reason).max(most, reason);
}

function whole(reason: string, least: number) {
    return z.coerce.number(reason).int(reason).min(least, reason);
}

const portReason = "must be a port number, from 0 to 65535";

export const portRule = whole(portReason, 0).max(65_535, portReason);

export const countRule = (least: number) => whole(`must be a whole number, ${least} or more`, least);

/** At least a kibibyte: requests of every client have to fit. */
const leastBytes = 1024;

export const bytesRule = () => whole(`must be a whole number of bytes, ${leastBytes} or more`, leastBytes);

export const secondsRule = number("seconds", 0, 3600);

export const hoursRule = number("hours", 0, 8760);

export const flagRule = z.union([
    z.boolean(),
    z.enum(["true", "false"], "must be true or false").transform((word) => word === "true"),
]);

/** Texts, or one text with commas between them. */
export const listRule = z.union([
    z.array(z.string()),
    z.string().transform((text) =>
        text
            .split(",")
            .map((item) => item.trim())
            .filter((item) => item !== ""),
    ),
]);
