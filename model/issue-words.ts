import type { z } from "zod";

type RawIssue = z.core.$ZodIssue;

/** A schema without words of its own speaks zod's, which are a programmer's. */
const isZodsOwn = /^(Invalid |Too (small|big): )/;

const kinds: Record<string, string> = {
    string: "a text",
    number: "a number",
    int: "a whole number",
    boolean: "true or false",
    array: "a list",
    object: "an object",
    record: "an object",
    date: "a time",
};

const formats: Record<string, string> = {
    datetime: "a time such as 2026-01-31T12:00:00Z",
    email: "an e-mail address",
    url: "an address such as https://www.acme.example",
    ipv4: "an IPv4 address",
    ipv6: "an IPv6 address",
};

const units: Record<string, string> = { string: "characters", array: "items", set: "items", map: "entries" };

const isOne = (count: number | bigint) => Number(count) === 1;

/** A limit of a number, or of the size of a text or list. */
function sayLimit(origin: string, bound: string, limit: number | bigint): string {
    const unit = units[origin];
    if (unit === undefined) return `must be ${bound} ${limit}`;
    return `must have ${bound} ${limit} ${isOne(limit) ? unit.replace(/s$/, "") : unit}`;
}

function sayAgain(issue: RawIssue): string | undefined {
    switch (issue.code) {
        case "invalid_type":
            if (issue.message.endsWith("received undefined")) return "is missing";
            return `must be ${kinds[issue.expected] ?? issue.expected}`;
        case "invalid_value":
            return `must be ${issue.values.length === 1 ? "" : "one of "}${issue.values.map(String).join(", ")}`;
        case "too_small":
            if (issue.origin === "string" && isOne(issue.minimum)) return "is empty";
            return sayLimit(issue.origin, issue.inclusive ? "at least" : "more than", issue.minimum);
        case "too_big":
            return sayLimit(issue.origin, issue.inclusive ? "at most" : "less than", issue.maximum);
        case "invalid_format": {
            const { format, pattern } = issue as { format: string; pattern?: string };
            if (format === "regex" && pattern !== undefined) return `must match ${pattern}`;
            return formats[format] === undefined ? undefined : `must be ${formats[format]}`;
        }
        case "invalid_union":
            return "has none of the forms that are allowed here";
        default:
            return undefined;
    }
}

/** The reason of an issue, in words for the author of the value. */
export function sayReason(issue: RawIssue): string {
    return (
        (isZodsOwn.test(issue.message) || issue.message === "Invalid input" ? sayAgain(issue) : undefined) ??
        issue.message
    );
}
